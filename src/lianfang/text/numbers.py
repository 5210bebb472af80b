"""Numbers with their units in normalised text: money, shares, durations, multiples, bare numbers.

A value that is named but not given ("几个点", "数千元") is not a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.text.compiled import compiled, inner
from lianfang.text.numerals import (
    BEGINS,
    COUNTING,
    COUNTS_PEOPLE,
    DIGIT,
    HUNDREDS,
    KINDS,
    MEASURE,
    MOST_DECIMALS,
    NO_TENTH,
    NO_YEAR,
    NOT_BARE,
    ONE,
    OPEN_SCALE,
    SPACE,
    SPOKEN,
    TO,
    UP_TO_THOUSANDS,
    WORTH,
    is_a,
    numeral,
    run_of,
    value_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lianfang.text.ngrams import Floats
    from lianfang.text.numerals import Kinds
    from lianfang.text.stream import Codes, Ints

FOUND_KINDS = ("money", "share", "duration", "times", "bare")
MONEY, SHARE, DURATION, TIMES, BARE = range(len(FOUND_KINDS))
NOTHING = (-1, 0, 0)
YEAR = 365
LONGEST_YEARS = 100
"""More years than that are a calendar year: "2025年"."""
FEWEST_BARE, MOST_BARE = 3, 6
"""Digits of a number that stands alone, as prices do."""
MOST_SPOKEN, MOST_SPOKEN_HAN = 6, 7
PER = np.array([ord(char) for char in "百分之"])
YUAN, DOLLAR = map(ord, "¥$")
TEN_THOUSAND = ord("万")

POINT = ord(".")
UNITS = (
    ("%", SHARE, 1, 0),
    ("个点", SHARE, 1, 0),
    ("个百分点", SHARE, 1, 0),
    ("成", SHARE, 10, NO_TENTH),
    ("折", SHARE, 10, 0),
    ("倍", TIMES, 1, 0),
    ("元", MONEY, 1, 0),
    ("块钱", MONEY, 1, 0),
    ("块", MONEY, 1, 0),
    ("人民币", MONEY, 1, 0),
    ("rmb", MONEY, 1, 0),
    ("大洋", MONEY, 1, 0),
    ("", MONEY, 1, COUNTS_PEOPLE),  # "三万" is a sum where nothing is counted by it
    ("天", DURATION, 1, 0),
    ("个工作日", DURATION, 1, 0),
    ("工作日", DURATION, 1, 0),
    ("周", DURATION, 7, 0),
    ("个月", DURATION, 30, 0),
    ("年", DURATION, YEAR, NO_YEAR),
)
"""Units in the order in which they are tried: word, kind, worth, and the set of which no
character may follow. That without a word stands behind a large scale.
"""
_WORDS = np.array([[ord(char) for char in word.ljust(4, "\0")] for word, *_ in UNITS])
_LENGTHS = np.array([len(word) for word, *_ in UNITS])
_REST = np.array([rest for _, *rest in UNITS])


class NumberFound(NamedTuple):
    """`[start, end)` of the text; `value` in yuan, per cent, days or times, None where vague."""

    start: int
    end: int
    kind: str
    value: float | None


class Numbers(NamedTuple):
    """Numbers in order: rows start, end and kind (a number of `FOUND_KINDS`) of `table`; values,
    not a number where it isn't given.
    """

    table: Ints
    values: Floats


def find_numbers(text: str) -> list[NumberFound]:
    """Numbers in order. Time is linear in the length of the text."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    starts, texts = np.array([0, codes.size]), np.array([0])
    table, values = numbers_in(codes, starts, texts, KINDS, WORTH)
    rows = zip(*table.tolist(), values.tolist(), strict=True)
    return [
        NumberFound(start, end, FOUND_KINDS[kind], value if value == value else None)  # noqa: PLR0124
        for start, end, kind, value in rows
    ]


@compiled
def numbers_in(
    codes: Codes, starts: Ints, texts: Ints, kinds: Kinds, worth: NDArray[np.int64]
) -> Numbers:
    """The numbers in some texts of a stream, by text.

    Args:
        codes: normalised code points of all texts.
        starts: where each text begins; one more for the end.
        texts: which texts.
        kinds: `KINDS`.
        worth: `WORTH`.
    """
    table, values, count = np.empty((3, 64), np.int64), np.empty(64), 0
    for text in texts:
        at = starts[text]
        while at < starts[text + 1]:
            if count == values.size:
                wider = np.empty((3, 2 * count), np.int64)
                wider[:, :count] = table
                table, values = wider, np.concatenate((values, values))
            at, count = _find(
                codes, starts[text], at, starts[text + 1], kinds, worth, table, values, count
            )
    return Numbers(table[:, :count], values[:count])


@inner
def _find(
    codes: Codes,
    start: int,
    at: int,
    end: int,
    kinds: Kinds,
    worth: NDArray[np.int64],
    table: Ints,
    values: Floats,
    count: int,
) -> tuple[int, int]:
    """Write the numbers from a place on, while there is room; the next place, and the count."""
    while at < end and count < values.size:
        if not is_a(codes, at, end, kinds, BEGINS):
            at += 1
            continue
        last, kind, unit = _number(codes, start, at, end, kinds)
        if last < 0:
            at += 1
            continue
        first = at
        while numeral(codes, first, last, kinds, 0) < 0:
            first += 1
        value = value_of(codes, first, numeral(codes, first, last, kinds, 0), kinds, worth)
        # a comparison with what is not a number is false: such a year stays a duration
        if not (unit == YEAR and value >= LONGEST_YEARS):
            table[0, count], table[1, count], table[2, count] = at, last, kind
            values[count] = value * unit
            count += 1
        at = last
    return at, count


@inner
def _number(codes: Codes, start: int, at: int, end: int, kinds: Kinds) -> tuple[int, int, int]:
    """The number at a place of the text `[start, end)`: its end (or -1), kind, and worth of its
    unit.
    """
    if _reads(codes, at, end, PER, PER.size):
        return numeral(codes, at + PER.size, end, kinds, 0), SHARE, 1
    if codes[at] == YUAN or codes[at] == DOLLAR:
        spaced = is_a(codes, at + 1, end, kinds, SPACE)
        return numeral(codes, at + 1 + spaced, end, kinds, 0), MONEY, 1
    last = _spoken(codes, at, end, kinds)
    if last >= 0:
        return last, MONEY, 1
    found = _measured(codes, at, end, kinds)
    if found[0] >= 0:
        return found
    if at > start and (codes[at - 1] == POINT or is_a(codes, at - 1, end, kinds, DIGIT)):
        return NOTHING
    return _bare(codes, at, end, kinds), BARE, 1


@inner
def _measured(codes: Codes, at: int, end: int, kinds: Kinds) -> tuple[int, int, int]:
    """A numeral, or two with "to" between them, and a unit."""
    choice, last = 0, numeral(codes, at, end, kinds, 0)
    while last >= 0:
        if is_a(codes, last, end, kinds, TO):
            other, then = 0, numeral(codes, last + 1, end, kinds, 0)
            while then >= 0:
                found = _unit(codes, then, end, kinds)
                if found[0] >= 0:
                    return found
                other += 1
                then = numeral(codes, last + 1, end, kinds, other)
        found = _unit(codes, last, end, kinds)
        if found[0] >= 0:
            return found
        choice += 1
        last = numeral(codes, at, end, kinds, choice)
    return NOTHING


@inner
def _reads(codes: Codes, at: int, end: int, word: Ints, length: int) -> bool:
    """Whether a word, so long, stands at a place."""
    if at + length > end:
        return False
    for offset in range(length):
        if codes[at + offset] != word[offset]:
            return False
    return True


@inner
def _spoken(codes: Codes, at: int, end: int, kinds: Kinds) -> int:
    """Where a spoken sum ends ("1万5", "三万五"), or -1."""
    if is_a(codes, at, end, kinds, DIGIT):
        at += run_of(codes, at, end, kinds, DIGIT, MOST_SPOKEN)
        if at < end and codes[at] == POINT:
            at += 1 + run_of(codes, at + 1, end, kinds, DIGIT, MOST_DECIMALS)
            if codes[at - 1] == POINT:
                return -1
        if not (is_a(codes, at, end, kinds, SPOKEN) and is_a(codes, at + 1, end, kinds, COUNTING)):
            return -1
        return -1 if is_a(codes, at + 2, end, kinds, DIGIT) else at + 2
    if not is_a(codes, at, end, kinds, ONE):
        return -1
    at += 1 + run_of(codes, at + 1, end, kinds, UP_TO_THOUSANDS, MOST_SPOKEN_HAN)
    if at == end or codes[at] != TEN_THOUSAND or not is_a(codes, at + 1, end, kinds, ONE):
        return -1
    return -1 if is_a(codes, at + 2, end, kinds, MEASURE | UP_TO_THOUSANDS) else at + 2


@inner
def _unit(codes: Codes, at: int, end: int, kinds: Kinds) -> tuple[int, int, int]:
    """A unit behind a numeral, perhaps after a space: its end (or -1), kind and worth."""
    if is_a(codes, at, end, kinds, SPACE):
        found = _unit_at(codes, at + 1, end, kinds)
        if found[0] >= 0:
            return found
    return _unit_at(codes, at, end, kinds)


@inner
def _unit_at(codes: Codes, at: int, end: int, kinds: Kinds) -> tuple[int, int, int]:
    for unit in range(_LENGTHS.size):
        length = _LENGTHS[unit]
        if not length and not is_a(codes, at - 1, end, kinds, OPEN_SCALE):
            continue
        if _reads(codes, at, end, _WORDS[unit], length):
            kind, worth, unless = _REST[unit, 0], _REST[unit, 1], _REST[unit, 2]
            if not is_a(codes, at + length, end, kinds, unless):
                return at + length, kind, worth
    return NOTHING


@inner
def _bare(codes: Codes, at: int, end: int, kinds: Kinds) -> int:
    """Where a number that stands alone ends ("一家两千", "1888上车"), or -1."""
    if is_a(codes, at, end, kinds, COUNTING):
        run = run_of(codes, at, end, kinds, DIGIT, MOST_BARE)
        if run < FEWEST_BARE or is_a(codes, at + run, end, kinds, NOT_BARE):
            return -1
        return at + run
    if not (is_a(codes, at, end, kinds, ONE) and is_a(codes, at + 1, end, kinds, HUNDREDS)):
        return -1
    if (
        is_a(codes, at + 2, end, kinds, ONE)
        and not is_a(codes, at + 3, end, kinds, MEASURE)
        and not is_a(codes, at + 3, end, kinds, NOT_BARE)
    ):
        return at + 3
    return -1 if is_a(codes, at + 2, end, kinds, NOT_BARE) else at + 2
