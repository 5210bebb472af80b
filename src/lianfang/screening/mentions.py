"""Handles and numbers of single texts, as places beside those of listed terms.

They are looked for only in texts in which a rule that asks for them could fire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lianfang.guides.language import CONTACT_KINDS
from lianfang.guides.program import MARKS
from lianfang.indicators import find_contacts
from lianfang.screening.finds import END, FIELDS, NO_PATTERN, PATTERN, SET, START, TERM
from lianfang.text.numbers import find_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.language import Number
    from lianfang.screening.layout import Layout
    from lianfang.screening.sieve import Pairs
    from lianfang.text.stream import Bools, Ints, Stream

Place = tuple[int, int, int]
"""Start and end in the stream, and the set that it counts in."""

OF_KINDS = sum(1 << MARKS[f"@may-hold-{kind}!"] for kind in CONTACT_KINDS)


def mentions(layout: Layout, stream: Stream, pairs: Pairs) -> Ints:
    """The handles and numbers that some pair may ask for, by start."""
    found: list[Place] = []
    may_hold = (pairs.marks[pairs.text] & OF_KINDS) != 0
    for text in _texts(pairs, layout.wants_contacts[pairs.rule] & may_hold):
        found.extend(_contacts(layout, stream, text, int(pairs.marks[text])))
    for text in _texts(pairs, layout.wants_numbers[pairs.rule]):
        found.extend(_numbers(layout, stream, text))
    table = np.zeros((FIELDS, len(found)), dtype=np.int64)
    if found:
        table[[START, END, SET]] = np.array(sorted(found), dtype=np.int64).T
        table[PATTERN] = NO_PATTERN
        table[TERM] = -1 - table[START]
    return table


def _texts(pairs: Pairs, wanted: Bools) -> list[int]:
    return list(dict.fromkeys(pairs.text[wanted].tolist()))


def _contacts(layout: Layout, stream: Stream, text: int, marks: int) -> Iterator[Place]:
    start, end = int(stream.starts[text]), int(stream.starts[text + 1])
    kinds = [kind for kind in CONTACT_KINDS if marks >> MARKS[f"@may-hold-{kind}!"] & 1]
    for contact in find_contacts(stream.text[start:end], kinds):
        yield start + contact.start, start + contact.end, layout.contact_sets[contact.kind]


def _numbers(layout: Layout, stream: Stream, text: int) -> Iterator[Place]:
    start, end = int(stream.starts[text]), int(stream.starts[text + 1])
    for found in find_numbers(stream.text[start:end]):
        for number, fits, unknown in layout.numbers_of[found.kind]:
            fit = _fits(found.value, number)
            if fit is not False:
                yield start + found.start, start + found.end, fits if fit else unknown


def _fits(value: float | None, number: Number) -> bool | None:
    if number.at_least is None and number.at_most is None:
        return True
    if value is None:
        return None
    low = number.at_least if number.at_least is not None else value
    high = number.at_most if number.at_most is not None else value
    return low <= value <= high
