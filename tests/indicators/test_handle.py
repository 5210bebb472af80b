from __future__ import annotations

import pytest

KIND = "handle"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tg @abc_def1", "abc_def1"),
        ("Telegram:Abc_def1", "Abc_def1"),
        ("飞机 @abc_def1", "abc_def1"),
        ("✈️@abc_def1", "abc_def1"),
        ("t.me/abcdef", "abcdef"),
        ("https://t.me/+Abcdef_1", "Abcdef_1"),
        ("抖音号:abc12345", "abc12345"),
        ("小红书号 abc12345", "abc12345"),
        ("微博@abc_12345", "abc_12345"),
        ("闲鱼:abc12345", "abc12345"),
        ("私我abc12345", "abc12345"),
        ("客服 abc12345", "abc12345"),
    ],
)
def test_ids_on_other_platforms(found, text, value):
    assert found(KIND, text) == [(value, value.lower())]


@pytest.mark.parametrize(
    "text",
    ["抖音", "@abc12345", "facebook login", "signal strength", "联系我们", "联系 abc123.com",
     "微博 abc123.com", "Online Banking", "mtg agenda12"],
)  # fmt: skip
def test_what_is_none(found, text):
    assert found(KIND, text) == []
