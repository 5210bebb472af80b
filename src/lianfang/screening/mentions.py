"""Handles and numbers of single texts, as places beside those of listed terms.

They are looked for only in texts in which a rule that asks for them could fire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.guides.language import CONTACT_KINDS, NUMBER_KINDS
from lianfang.guides.program import MARKS
from lianfang.indicators import find_contacts
from lianfang.screening.finds import END, FIELDS, NO_PATTERN, PATTERN, SET, START, TERM, Places
from lianfang.text.compiled import compiled
from lianfang.text.numbers import FOUND_KINDS, numbers_in
from lianfang.text.numerals import KINDS, WORTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lianfang.guides.language import Number
    from lianfang.screening.layout import Layout
    from lianfang.screening.sieve import Pairs
    from lianfang.text.ngrams import Floats
    from lianfang.text.numbers import Numbers
    from lianfang.text.stream import Bools, Ints, Stream

OF_KINDS = sum(1 << MARKS[f"@may-hold-{kind}!"] for kind in CONTACT_KINDS)
ASKED = {kind: (kind,) for kind in NUMBER_KINDS} | {"price": ("money", "bare")}
"""Kinds of found numbers that a comparison asks for."""


class Comparisons(NamedTuple):
    """What rules ask of numbers.

    Attributes:
        asks: for each of `FOUND_KINDS` (row) and comparison whether it is asked for.
        low, high: bounds of each comparison, or infinity.
        fits: the set of numbers that lie between.
        unknown: the set of those whose value isn't given.
    """

    asks: Bools
    low: Floats
    high: Floats
    fits: Ints
    unknown: Ints

    @classmethod
    def of(cls, sets: Mapping[Number, tuple[int, int]]) -> Comparisons:
        """From each comparison's two sets."""
        asks = [[kind in ASKED[number.kind] for number in sets] for kind in FOUND_KINDS]
        low = [-np.inf if number.at_least is None else number.at_least for number in sets]
        high = [np.inf if number.at_most is None else number.at_most for number in sets]
        fits, unknown = np.array(list(sets.values()), dtype=np.int64).reshape(-1, 2).T
        return cls(np.array(asks, dtype=bool), np.array(low), np.array(high), fits, unknown)


@compiled
def fitting(numbers: Numbers, asked: Comparisons) -> Ints:
    """Start, end and set of each number in each comparison that it may fit, as rows."""
    table, values = numbers.table, numbers.values
    rows, count = np.empty((values.size * asked.low.size, 3), np.int64), 0
    for number in range(values.size):
        for of in range(asked.low.size):
            if not asked.asks[table[2, number], of]:
                continue
            low, high = asked.low[of], asked.high[of]
            fits = low <= values[number] <= high or (low == -np.inf and high == np.inf)
            if fits or np.isnan(values[number]):
                rows[count, 0], rows[count, 1] = table[0, number], table[1, number]
                rows[count, 2] = asked.fits[of] if fits else asked.unknown[of]
                count += 1
    return rows[:count]


def mentions(layout: Layout, stream: Stream, pairs: Pairs) -> Places:
    """The handles and numbers that some pair may ask for, by start."""
    may_hold = (pairs.marks[pairs.text] & OF_KINDS) != 0
    contacts = layout.wants_contacts[pairs.rule] & may_hold
    found = [
        place
        for text in distinct(pairs.text[contacts]).tolist()
        for place in _contacts(layout, stream, text, int(pairs.marks[text]))
    ]
    rows = np.array(found, dtype=np.int64).reshape(-1, 3)
    texts = distinct(pairs.text[layout.wants_numbers[pairs.rule]])
    if texts.size:
        numbers = numbers_in(stream.codes, stream.starts, texts, KINDS, WORTH)
        rows = np.concatenate((rows, fitting(numbers, layout.comparisons)))
    if len(rows) > 1:
        rows = rows[np.lexsort(rows.T[::-1])]
    table = np.zeros((FIELDS, len(rows)), dtype=np.int32)
    table[[START, END, SET]] = rows.T
    table[PATTERN] = NO_PATTERN
    table[TERM] = -1 - table[START]
    return table


def _contacts(
    layout: Layout, stream: Stream, text: int, marks: int
) -> Iterator[tuple[int, int, int]]:
    start, end = stream.starts[text : text + 2].tolist()
    kinds = [kind for kind in CONTACT_KINDS if marks >> MARKS[f"@may-hold-{kind}!"] & 1]
    for contact in find_contacts(stream.text[start:end], kinds):
        yield start + contact.start, start + contact.end, layout.contact_sets[contact.kind]


@compiled
def distinct(texts: Ints) -> Ints:
    """Of numbers in order each once."""
    out, count = np.empty(texts.size, np.int64), 0
    for text in texts:
        if not count or out[count - 1] != text:
            out[count] = text
            count += 1
    return out[:count]
