"""Arabic and Chinese digits with their scales: where a numeral ends, and what it is worth.

Such are `12`, `1,234.5`, `3万`, `1万5` (15,000), `2k`, `三十五`, `一千五` (1,500), `几十`, `半`.
Loops here are handed numbers and arrays alone, and cost no more than the numeral is long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import inner

if TYPE_CHECKING:
    from lianfang.text.stream import Codes

_ONE = "一二两三四五六七八九"
_VAGUE = "几数半"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
SETS = (
    "0123456789",
    "123456789",
    _ONE,
    f"零〇{_ONE}十{_VAGUE}",
    f"零〇{_ONE}十百千万亿{_VAGUE}",
    "百千万亿kw",
    "万千kw",
    "万亿kw",
    "百千",
    f"十百千{_ONE}",
    "家条笔单份户次期个",
    _VAGUE,
    "-~到至",
    " \t\n\r",
    _LETTERS,
    f"{_LETTERS}人次条户名个多",
    "功为立本都交年员长就熟绩果",
    "级代轻龄",
    "0123456789%年月日号点:.-",
    f"0123456789百¥$零〇{_ONE}十{_VAGUE}",
)
(
    DIGIT, COUNTING, ONE, FIRST_HAN, MORE_HAN, SCALE, SPOKEN, OPEN_SCALE, HUNDREDS, UP_TO_THOUSANDS,
    MEASURE, VAGUE, TO, SPACE, LETTER, COUNTS_PEOPLE, NO_TENTH, NO_YEAR, NOT_BARE, BEGINS,
) = (1 << number for number in range(len(SETS)))  # fmt: skip
"""Bits of the sets that a character is in: see `SETS`, in order."""

BMP = 1 << 16
Kinds = NDArray[np.uint32]

_DIGIT_0, _POINT, _COMMA, _ZERO = map(ord, "0.,零")
_NUMERALS = "零一二三四五六七八九"
VALUE = {ord(char): value for value, char in enumerate(_NUMERALS)} | {ord("两"): 2, ord("〇"): 0}
SCALES = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 10**8}
MOST_DIGITS, MOST_DECIMALS, MOST_SCALES, MOST_HAN = 15, 6, 3, 15
GROUP, MOST_GROUPS = 3, 4
MOST_EXACT = 18
"""Digits that are counted exactly; what is behind them can't be told apart in a float."""
TEN_THOUSAND = 10_000


def _kinds() -> Kinds:
    table = np.zeros(BMP, dtype=np.uint32)
    for number, characters in enumerate(SETS):
        table[[ord(char) for char in characters]] |= 1 << number
    return table


def _worth() -> NDArray[np.int64]:
    table = np.full(BMP, -1, dtype=np.int64)
    for code, value in VALUE.items():
        table[code] = value
    for char, scale in SCALES.items():
        table[ord(char)] = scale
    return table


KINDS = _kinds()
WORTH = _worth()
"""What a Chinese digit or a scale is worth; -1 for other characters."""


@inner
def is_a(codes: Codes, at: int, end: int, kinds: Kinds, kind: int) -> bool:
    """Whether a character before `end` is in a set."""
    return at < end and codes[at] < BMP and bool(kinds[codes[at]] & np.uint32(kind))


@inner
def run_of(codes: Codes, at: int, end: int, kinds: Kinds, kind: int, most: int) -> int:
    """How many characters in a row are in a set, up to `most`."""
    count = 0
    while count < most and is_a(codes, at + count, end, kinds, kind):
        count += 1
    return count


@inner
def arabic(codes: Codes, at: int, end: int, kinds: Kinds) -> int:
    """Where Arabic digits end, with groups and decimals."""
    run = run_of(codes, at, end, kinds, DIGIT, MOST_DIGITS)
    at += run
    if run <= GROUP:
        for _ in range(MOST_GROUPS):
            if at == end or codes[at] != _COMMA:
                break
            if run_of(codes, at + 1, end, kinds, DIGIT, GROUP) < GROUP:
                break
            at += 1 + GROUP
    if at < end and codes[at] == _POINT:
        decimals = run_of(codes, at + 1, end, kinds, DIGIT, MOST_DECIMALS)
        at += 1 + decimals if decimals else 0
    return at


@inner
def numeral(codes: Codes, at: int, end: int, kinds: Kinds, choice: int) -> int:
    """Where the numeral at a place may end: the longest first (choice 0), then shorter ones.

    -1 where there are no more choices. A shorter one gives up the last character of "1万5",
    then scales, or Chinese digits one by one.
    """
    if is_a(codes, at, end, kinds, FIRST_HAN):
        more = run_of(codes, at + 1, end, kinds, MORE_HAN, MOST_HAN)
        return at + 1 + more - choice if choice <= more else -1
    if not is_a(codes, at, end, kinds, DIGIT):
        return -1
    at = arabic(codes, at, end, kinds)
    for scales in range(run_of(codes, at, end, kinds, SCALE, MOST_SCALES), 0, -1):
        last = at + scales
        if is_a(codes, last, end, kinds, LETTER):
            continue
        if is_a(codes, last, end, kinds, COUNTING) and not is_a(codes, last + 1, end, kinds, DIGIT):
            if choice == 0:
                return last + 1
            choice -= 1
        if choice == 0:
            return last
        choice -= 1
    return at if choice == 0 else -1


@inner
def value_of(codes: Codes, at: int, end: int, kinds: Kinds, worth: NDArray[np.int64]) -> float:
    """What the characters `[at, end)`, a numeral, are worth; not a number where it is vague."""
    if is_a(codes, at, end, kinds, DIGIT):
        return _arabic_value(codes, at, end, kinds, worth)
    digits, whole = True, 0
    for place in range(at, end):
        if kinds[codes[place]] & np.uint32(VAGUE):
            return np.nan
        value = worth[codes[place]]
        digits = digits and value < 10  # noqa: PLR2004  a digit
        whole = 10 * whole + value if digits else 0
    return float(whole) if digits else _chinese_value(codes, at, end, worth)


@inner
def _arabic_value(codes: Codes, at: int, end: int, kinds: Kinds, worth: NDArray[np.int64]) -> float:
    stop = arabic(codes, at, end, kinds)
    whole, seen, below, decimals = 0, 0, 1, False
    for place in range(at, stop):
        if codes[place] == _POINT:
            decimals = True
        elif codes[place] != _COMMA and seen < MOST_EXACT:
            whole = 10 * whole + int(codes[place]) - _DIGIT_0
            seen += 1
            below *= 10 if decimals else 1
    value, last = whole / below, 1
    for place in range(stop, end):
        if kinds[codes[place]] & np.uint32(DIGIT):  # "1万5"
            return value + (int(codes[place]) - _DIGIT_0) * last / 10
        last = worth[codes[place]]
        value *= last
    return value


@inner
def _chinese_value(codes: Codes, at: int, end: int, worth: NDArray[np.int64]) -> float:
    total, section, digit, last, zero = 0.0, 0.0, 0.0, 1, False
    for place in range(at, end):
        value = worth[codes[place]]
        zero = zero or codes[place] == _ZERO
        if value < 10:  # noqa: PLR2004  a digit
            digit = float(value)
        elif value >= TEN_THOUSAND:
            last = value
            total, section, digit = (total + section + digit) * last, 0.0, 0.0
        else:
            last = value
            section, digit = section + (digit or 1.0) * last, 0.0
    # "一千五" is 1,500: spoken numbers leave the last unit out
    spoken = last > 10 and not zero  # noqa: PLR2004  more than ten
    return total + section + digit * (last / 10 if spoken else 1)
