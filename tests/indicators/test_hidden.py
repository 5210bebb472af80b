from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.indicators import find_indicators, hide, masked, masked_in

PIECES = [
    *("加微信", "V❤:", "扣扣 ", "tg@", "t.me/", "http://evil.com/", "例子.中国", "ABC_12345"),
    *(
        "13812340000",
        "一三八一二三四零零零零",
        "1-3-8-1-2-3-4-0-0-0-0",
        "+86-10-23456789",
        "❤",
        " ",
    ),
    *("11010519491231002X", "91350100M000100Y43", "Abc@example.com", "\ud800", ",", "甲", "1", "⑩"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("text", "shown", "canonical"),
    [
        ("13812340000", "138••••0000", "138••••0000"),
        ("+86 138 1234 0000", "+86 138 •••• 0000", "138••••0000"),
        ("一三八一二三四零零零零", "一三八••••零零零零", "138••••0000"),
        ("1-3-8-1-2-3-4-0-0-0-0", "1-3-8-•-•-•-•-0-0-0-0", "138••••0000"),
        ("010-23456789", "010-••••6789", "010••••6789"),
        ("+86-10-23456789", "+••-••-••••••••", "010••••6789"),
        ("11010519491231002x", "110•••••••••••••2x", "110•••••••••••••2X"),
        ("6222000000123456786", "6222•••••••••••6786", "6222•••••••••••6786"),
        ("微信Abc_12345", "微信Ab••••••5", "ab••••••5"),
        ("微信a❤b❤c12345", "微信a❤b❤•••••5", "ab•••••5"),
        ("扣扣 12345", "扣扣 12••5", "12••5"),
        ("tg@abcdef", "tg@ab•••f", "ab•••f"),
        ("Abc.def@example.com", "Ab••••f@example.com", "ab••••f@example.com"),
        ("abc[at]example[.]com", "•••[at]example[.]com", "•••@example.com"),
        ("evil.com", "evil.com", "evil.com"),
        ("400-000-0001", "400-000-0001", "4000000001"),
        ("91350100M000100Y43", "91350100M000100Y43", "91350100M000100Y43"),
    ],
)
def test_the_ends_stay(text, shown, canonical):
    [one] = find_indicators(text)
    assert hide(text, [one]) == shown
    assert masked(one).canonical == canonical
    assert shown[one.start : one.end] == masked(one).value


def test_a_number_that_is_no_indicator_is_hidden_too():
    assert hide("卡6222021234567890123", []) == "卡6222•••••••••••0123"


def test_a_credit_code_of_digits_is_no_card():
    text = "代码913501000000000051"
    assert hide(text, find_indicators(text)) == text
    assert hide(text, []) != text


def test_something_personal_in_a_link():
    text = "见https://t.me/abcdef"
    found = find_indicators(text)
    hidden = hide(text, found)
    assert hidden == "见https://t.me/ab•••f"
    link, handle = (masked_in(hidden, one) for one in found)
    assert link.value == link.canonical == "https://t.me/ab•••f"
    assert handle.value == handle.canonical == "ab•••f"


@given(texts)
def test_lengths_stay_and_nothing_personal_is_left(text):
    found = find_indicators(text)
    hidden = hide(text, found)
    assert len(hidden) == len(text)
    assert all(new in (old, "•") for old, new in zip(text, hidden, strict=True))
    for one in found:
        shown = masked_in(hidden, one)
        assert (shown.kind, shown.start, shown.end) == (one.kind, one.start, one.end)
        assert len(shown.value) == len(one.value)
        assert ("•" in shown.value and "•" in shown.canonical) or not one.personal
        assert all("•" in hidden[one.start : one.end] for one in found if one.personal)
