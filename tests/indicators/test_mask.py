from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.indicators.mask import mask


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812340000", "电话138••••0000"),
        ("加微信13812340000咨询", "加微信138••••0000咨询"),
        ("138-1234-0000", "138-••••-0000"),
        ("139.130.140.00", "139.•••.•40.00"),
        ("138.1234.0000", "138.••••.0000"),
        ("138 1234 0000", "138 •••• 0000"),
        ("+8613812340000", "+86138••••0000"),
        ("１３８１２３４００００", "１３８••••００００"),
        ("1❤3❤8❤1❤2❤3❤4❤0000", "1❤3❤8❤•❤•❤•❤•❤0000"),
        ("①③⑧①②③④⓪⓪⓪⓪", "①③⑧••••⓪⓪⓪⓪"),
        ("一三八一二三四零零零零", "一三八••••零零零零"),
        ("13812340000或13912345678", "138••••0000或139••••5678"),
        ("卡号6222021234567890123", "卡号6222•••••••••••0123"),
        ("6222 0212 3456 7890 123", "6222 •••• •••• •••0 123"),
        ("身份证11010119900307123X", "身份证110•••••••••••••3X"),
        ("+86 138 1234 0000", "+86 138 •••• 0000"),
        ("1990000 6035", "199•••• 6035"),
        ("6222021234567890123/2025-11", "6222•••••••••••0123/2025-11"),
        ("6222 0212 3456 7890 123/2025-11", "6222 •••• •••• •••0 123/2025-11"),
        ("13812340000 2025-11-23 8:30", "138••••0000 2025-11-23 8:30"),
        ("13812340000 13912345678", "138••••0000 139••••5678"),
        ("13812340000 5", "138••••0000 5"),
        ("vx:tui13812340000", "vx:tui138••••0000"),
        ("身份证110101199003071234。", "身份证110•••••••••••••34。"),
    ],
)
def test_personal_numbers_are_hidden(text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "加微信 abc12345",
        "扣扣 1234567890",
        "拨打12378、95588或110",
        "营业13:00-17:30 8:30",
        "2025-11-23 22:30:15.123",
        "贷款12000000元,分36期",
        "12812340000",
        "139.130.140.15",
        "服务器139.130.140.15,端口8080",
        "138123400001",
        "1,381,234,000",
        "3x5 2x",
        "",
        "没有数字",
    ],
)
def test_other_numbers_and_handles_stay(text):
    assert mask(text) == text


def test_a_lone_surrogate_is_no_hindrance():
    assert mask("\ud80013812340000\udfff") == "\ud800138••••0000\udfff"


digits = st.text(alphabet="0123456789１③❤- \n-.:人一八xX\ud800\u202e", max_size=60)


@given(digits)
def test_offsets_stay_and_only_digits_change(text):
    shown = mask(text)
    assert len(shown) == len(text)
    changed = [old for old, new in zip(text, shown, strict=True) if old != new]
    assert all(old.isnumeric() or old in "xX" for old in changed)
    assert "•" * len(changed) == "".join(c for c in shown if c == "•")


@given(
    before=st.text(alphabet="人,。加 \n", max_size=20),
    after=st.text(alphabet="人,。吧", max_size=9),
)
def test_a_mobile_number_is_hidden_wherever_it_stands(before, after):
    assert mask(f"{before}13812345678{after}") == f"{before}138••••5678{after}"
