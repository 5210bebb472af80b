from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.indicators.id_card import is_valid

KIND = "id-card"
STANDARD = "11010519491231002X"
"""The example of GB 11643 itself; all other numbers are made up."""


def with_check(body):
    """ISO 7064, MOD 11-2, as a polynomial: independent of the module's weights."""
    rest = 0
    for digit in body:
        rest = (rest + int(digit)) * 2 % 11
    return body + "0123456789X"[(12 - rest) % 11]


@pytest.mark.parametrize(
    "text",
    [STANDARD, "11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X",
     "110105-19491231-002X", "一一零一零五一九四九一二三一零零二X", "1❤10105❤19491231002X"],
)  # fmt: skip
def test_however_it_is_written(found, text):
    assert found(KIND, f"身份证{text},") == [(text, STANDARD)]


@pytest.mark.parametrize(
    "text",
    ["110105194912310021", "11010519491231002", "1101051949123100211",
     with_check("11010519490231002"), with_check("10010519491231002"),
     with_check("11010517491231002"), f"a{STANDARD}", f"{STANDARD}a"],
)  # fmt: skip
def test_what_is_none(found, text):
    assert found(KIND, text) == []


@given(st.dates(), st.integers(0, 999))
def test_the_check_character(day, serial):
    number = with_check(f"350000{day:%Y%m%d}{serial:03}".rjust(17, "0"))
    assert is_valid(number) == (1800 <= day.year < 2100)
    others = [number[:17] + char for char in "0123456789X" if char != number[17]]
    assert not any(is_valid(other) for other in others)
