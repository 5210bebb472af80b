from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.indicators.bank_card import luhn

KIND = "bank-card"


def with_check(body):
    """Luhn's rule told anew: every second digit from the end doubled, its digits added."""
    doubled = [str(int(d) * (2 if n % 2 == 0 else 1)) for n, d in enumerate(reversed(body))]
    return body + str(-sum(int(d) for d in "".join(doubled)) % 10)


CARD = with_check("622200000012345678")


@pytest.mark.parametrize(
    "text",
    [CARD, f"{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}", "-".join(CARD),
     f"{CARD[:6]}❤{CARD[6:]}"],
)  # fmt: skip
def test_however_it_is_written(found, text):
    assert found(KIND, f"卡号{text},") == [(text, CARD)]


@pytest.mark.parametrize(
    "body",
    ["62220000001234567", "6222000000123456789"[:15], "955800000012345678", "400000000012345",
     "510000000012345", "222100000012345", "272000000012345", "352800000012345", "34000000001234"],
)  # fmt: skip
def test_known_prefixes(found, body):
    number = with_check(body)
    assert found(KIND, number) == [(number, number)]


@pytest.mark.parametrize(
    "text",
    [CARD[:-1] + str((int(CARD[-1]) + 1) % 10), f"{CARD}0", f"a{CARD}",
     with_check("722200000012345678"), with_check("56000000001234"), "1234567890123456",
     "6222****0000"],
)  # fmt: skip
def test_what_is_none(found, text):
    assert found(KIND, text) == []


def test_a_date_behind_it(found):
    card = with_check("622200000012345")
    spaced = " ".join(card[n : n + 4] for n in range(0, 16, 4))
    assert found(KIND, f"{card} 202")[0] == (card, card)
    assert found(KIND, f"{spaced} 28")[0] == (spaced, card)


@given(st.text("0123456789", min_size=1, max_size=20), st.integers(1, 9))
def test_any_single_mistake_is_seen(body, by):
    number = with_check(body)
    assert luhn(number)
    assert not luhn(str((int(number[0]) + by) % 10) + number[1:])
