from __future__ import annotations

import pytest

KIND = "wechat"


@pytest.mark.parametrize(
    "name",
    ["微信", "微信号:", "V❤:", "V❤", "加❤V❤", "+V❤", "薇xin ", "薇xin:", "薇信", "薇芯:", "微心 ",
     "威❤信：", "加薇 ", "➕薇:", "卫星:", "🛰️", "🛰:", "VX：", "WeChat ", "绿泡泡 ", "微 信 号 ",
     "找老师微:", "v：", "ｖｘ "],
)  # fmt: skip
def test_names_of_wechat(found, name):
    assert found(KIND, f"好,{name}abc12345,") == [("abc12345", "abc12345")]


@pytest.mark.parametrize(
    ("text", "value", "canonical"),
    [
        ("微信 ABC_12-345", "ABC_12-345", "abc_12-345"),
        ("微信 ａｂｃ１２３４５", "ａｂｃ１２３４５", "abc12345"),
        ("微信 a❤b❤c12345", "a❤b❤c12345", "abc12345"),
        ("微信 1234567", "1234567", "1234567"),
    ],
)
def test_disguised_ids(found, text, value, canonical):
    assert found(KIND, text) == [(value, canonical)]


@pytest.mark.parametrize(
    "text",
    ["微信", "加V", "看头像", "微信支付很方便", "微信abc123.com", "微信 abc12345@qq.com", "v1.2.3",
     "加vip会员", "V abc"],
)  # fmt: skip
def test_what_is_none(found, text):
    assert found(KIND, text) == []
