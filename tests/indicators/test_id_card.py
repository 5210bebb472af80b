from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.indicators.id_card import is_valid, lengthened

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


OLD = "110105491231002"
"""The same person's number before 1999, made from the standard's example."""


@pytest.mark.parametrize("name", ["身份证", "身份证号码:", "证件号是 ", "公民身份号码："])
@pytest.mark.parametrize("text", [OLD, "110105 491231 002", "一一零一零五四九一二三一零零二"])
def test_an_old_number_is_that_of_the_new_card(found, name, text):
    assert found(KIND, f"{name}{text},") == [(text, STANDARD)]


@pytest.mark.parametrize(
    "text",
    [f"订单{OLD}", OLD, f"身份证丢了,单号{OLD}", f"身份证{OLD}1", "身份证110105491331002",
     "身份证100105491231002"],
)  # fmt: skip
def test_fifteen_digits_that_nothing_calls_a_number(found, text):
    assert found(KIND, text) == []


@given(st.dates(), st.integers(0, 999))
def test_an_old_number_is_lengthened(day, serial):
    body = f"350000{day:%y%m%d}{serial:03}"
    assert lengthened(body) == with_check(f"35000019{body[6:]}")


@given(st.dates(), st.integers(0, 999))
def test_the_check_character(day, serial):
    number = with_check(f"350000{day:%Y%m%d}{serial:03}".rjust(17, "0"))
    assert is_valid(number) == (1800 <= day.year < 2100)
    others = [number[:17] + char for char in "0123456789X" if char != number[17]]
    assert not any(is_valid(other) for other in others)
