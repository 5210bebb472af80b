from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.indicators.credit_code import is_valid

KIND = "credit-code"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
STANDARD = "91350100M000100Y43"
"""The example of GB 32100 itself; all other codes are made up."""


def with_check(body):
    """The character that makes the sum of worths times powers of 3 divisible by 31."""
    total = sum(ALPHABET.index(char) * 3**place for place, char in enumerate(body))
    return body + next(c for c in ALPHABET if (total + ALPHABET.index(c)) % 31 == 0)


@pytest.mark.parametrize(
    "text",
    [STANDARD, STANDARD.lower(), "９１３５０１００Ｍ０００１００Ｙ４３", "91❤350100M000100Y43"],
)
def test_however_it_is_written(found, text):
    assert found(KIND, f"代码{text}。") == [(text, STANDARD)]


@pytest.mark.parametrize(
    "text",
    ["91350100M000100Y44", "91350100M000100Y4", f"{STANDARD}1", f"a{STANDARD}",
     "91350100I000100Y43", with_check("B1350100M000100Y4"), with_check("913501A0M000100Y4")],
)  # fmt: skip
def test_what_is_none(found, text):
    assert found(KIND, text) == []


@given(st.text(ALPHABET, min_size=17, max_size=17))
def test_the_check_character(body):
    code = with_check(body)
    assert [body + c for c in ALPHABET if is_valid(body + c)] == [code]
