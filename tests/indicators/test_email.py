from __future__ import annotations

import pytest

KIND = "email"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Abc.d+1@Example.com", "abc.d+1@example.com"),
        ("12345678@qq.com", "12345678@qq.com"),
        ("ａｂｃ＠example．com", "abc@example.com"),
        ("abc[at]example[.]com", "abc@example.com"),
        ("abc(at)example(dot)com", "abc@example.com"),
        ("abc艾特example[点]com", "abc@example.com"),
        ("ab❤c@exam❤ple.com", "abc@example.com"),
        ("abc@mail.example.com.cn", "abc@mail.example.com.cn"),
    ],
)
def test_addresses(found, text, address):
    assert found(KIND, f"邮箱{text},") == [(text, address)]


@pytest.mark.parametrize(
    "text", ["abc@", "@example.com", "abc@example", "abc@.com", "look at example.com", "abc@1.2"]
)
def test_what_is_none(found, text):
    assert found(KIND, text) == []


def test_its_domain_is_no_link(found):
    assert found("link", "abc@example.com abc[at]example.com") == []
