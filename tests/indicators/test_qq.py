from __future__ import annotations

import pytest

KIND = "qq"


@pytest.mark.parametrize(
    "name",
    ["QQ", "QQ:", "qq群 ", "扣扣 ", "扣❤扣", "Q Q:", "Q.Q ", "抠抠:", "蔻蔻 ", "企鹅:", "🐧", "🐧:",
     "球球", "ｑｑ", "Q:", "扣群"],
)  # fmt: skip
def test_names_of_qq(found, name):
    assert found(KIND, f"好,{name}12345678,") == [("12345678", "12345678")]


@pytest.mark.parametrize(
    ("value", "canonical"),
    [
        ("1 2 3 4 5 6 7 8", "12345678"),
        ("1-2-3-4-5-6-7-8", "12345678"),
        ("①②③④⑤⑥⑦⑧", "12345678"),
        ("一二三四五六七八", "12345678"),
        ("12345", "12345"),
    ],
)
def test_disguised_numbers(found, value, canonical):
    assert found(KIND, f"扣扣 {value}") == [(value, canonical)]


@pytest.mark.parametrize(
    "text",
    ["QQ 1234", "qq 012345", "QQ:123456789012", "QQ音乐12345678", "QQ 33**5678",
     "QQ 12345**8"],
)  # fmt: skip
def test_what_is_none(found, text):
    assert found(KIND, text) == []


def test_another_number_behind_it(found):
    assert found(KIND, "QQ:12345678 5折") == [("12345678", "12345678")]


def test_an_address_of_the_firm_is_an_address(found):
    assert found(KIND, "QQ:12345678@qq.com") == []
    assert found("email", "QQ:12345678@qq.com") == [("12345678@qq.com", "12345678@qq.com")]
