"""One text, read closely: places of each operand, the units around them, contexts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from lianfang.guides.language import Contact, Found, Number, Operand
from lianfang.indicators import find_contacts
from lianfang.text.tables import Class
from oracle.numbers import find_numbers

if TYPE_CHECKING:
    from lianfang.guides.program import Program
    from lianfang.text.numbers import NumberFound
    from oracle.finds import Finds

NO_PATTERN = -1


Hit: TypeAlias = tuple[int, int, int]
"""A place in the stream: start, end, and the term's number or `NO_PATTERN`. A plain tuple:
more of these are made than of anything else."""

Hits: TypeAlias = list[Hit]


class Reading:
    """A text of a batch. Positions are those of the stream.

    Everything is worked out when first asked for, since most rules ask for little.
    """

    def __init__(self, finds: Finds, text: int) -> None:
        self.finds, self.text = finds, text
        self.program: Program = finds.program
        stream = finds.stream
        self.start, self.end = int(stream.starts[text]), int(stream.starts[text + 1])
        self._spans: dict[int, Hits] = {}
        self.standing: dict[tuple[int, int], Hits] = {}
        self._sentences: dict[str, frozenset[int]] = {}
        self._hosts: dict[str, frozenset[int]] = {}
        self._by_set = self._rows()

    def _rows(self) -> dict[int, Hits]:
        by_set: dict[int, Hits] = {}
        for *hit, number in self.finds.rows[self.text]:
            by_set.setdefault(number, []).append(tuple(hit))
        return by_set

    def named(self, name: str) -> Hits:
        """Places of one set, for a context's cue."""
        return self._by_set.get(self.program.sets[name], [])

    def sentences(self, name: str) -> frozenset[int]:
        """Sentences in which a set stands."""
        if name not in self._sentences:
            hits = self.named(name)
            self._sentences[name] = frozenset(self.unit("sentence", hit[0]) for hit in hits)
        return self._sentences[name]

    def hosts(self, name: str) -> frozenset[int]:
        """Sentences in which a set stands outside quotation marks."""
        if name not in self._hosts:
            hits = [hit for hit in self.named(name) if not self.quoted(hit[0])]
            self._hosts[name] = frozenset(self.unit("sentence", hit[0]) for hit in hits)
        return self._hosts[name]

    def hits(self, operand: Operand) -> Hits:
        """Places of an operand, by start."""
        found = self._spans.get(id(operand))
        if found is None:
            found = self._spans[id(operand)] = self._plain(operand)
        return found

    def _plain(self, operand: Operand) -> Hits:
        match operand:
            case Found(names):
                return self._sets(self.program.numbers(names))
            case Contact(kinds):
                return self._merged([self._contacts.get(kind, []) for kind in kinds])
            case Number():
                return self.number(operand)[0]

    def _sets(self, numbers: tuple[int, ...]) -> Hits:
        if len(numbers) == 1:
            return self._by_set.get(numbers[0], [])
        return self._merged([self._by_set[n] for n in numbers if n in self._by_set])

    @staticmethod
    def _merged(parts: list[Hits]) -> Hits:
        if len(parts) == 1:
            return parts[0]
        return sorted({hit for part in parts for hit in part})

    def number(self, number: Number) -> tuple[Hits, Hits]:
        """Numbers that fit, and those of the kind whose value isn't given."""
        fits: Hits = []
        unknown: Hits = []
        for found in self._numbers:
            if _is_kind(found, number.kind):
                fit = _fits(found.value, number)
                if fit is not False:
                    place = (self.start + found.start, self.start + found.end, NO_PATTERN)
                    (unknown if fit is None else fits).append(place)
        return fits, unknown

    @cached_property
    def content(self) -> str:
        """The normalised text."""
        return self.finds.stream.text[self.start : self.end]

    @cached_property
    def _contacts(self) -> dict[str, Hits]:
        found: dict[str, Hits] = {}
        for handle in find_contacts(self.content):
            place = (self.start + handle.start, self.start + handle.end, NO_PATTERN)
            found.setdefault(handle.kind, []).append(place)
        return found

    @cached_property
    def _numbers(self) -> list[NumberFound]:
        return list(find_numbers(self.content))

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        return {}

    def ends(self, kind: str) -> list[int]:
        """Where each sentence, turn or clause of the text ends."""
        if kind not in self._ends:
            units = self.finds.units
            ends = units.clause_ends if kind == "clause" else units.ends[kind]
            first, last = ends.searchsorted((self.start, self.end)).tolist()
            self._ends[kind] = ends[first:last].tolist()
        return self._ends[kind]

    def unit(self, kind: str, position: int) -> int:
        """Number of the unit, within the text, that a position lies in."""
        return 0 if kind == "text" else bisect_left(self.ends(kind), position)

    def units(self, kind: str) -> frozenset[int]:
        """Units in which there is anything to read."""
        classes = self.finds.stream.classes[self.start : self.end]
        places = np.flatnonzero((classes == Class.HAN) | (classes == Class.ALNUM)) + self.start
        if kind == "text":
            return frozenset((0,)) if places.size else frozenset()
        return frozenset(np.searchsorted(self.ends(kind), places).tolist())

    def unit_span(self, kind: str, unit: int) -> tuple[int, int]:
        """`[start, end)` of one unit, in the stream."""
        if kind == "text":
            return self.start, self.end
        ends = self.ends(kind)
        return (ends[unit - 1] + 1 if unit else self.start), ends[unit] + 1

    @cached_property
    def _quotes(self) -> tuple[list[int], list[int]]:
        quotes = self.finds.units.quotes
        first, last = quotes.opens.searchsorted((self.start, self.end)).tolist()
        return quotes.opens[first:last].tolist(), quotes.closes[first:last].tolist()

    def quoted(self, position: int) -> bool:
        """Whether a position lies inside quotation marks."""
        opens, closes = self._quotes
        before = bisect_right(opens, position) - 1
        return before >= 0 and opens[before] < position < closes[before]

    @cached_property
    def disguised(self) -> list[tuple[int, int]]:
        """Places that hid a listed term, overlapping ones merged."""
        merged: list[tuple[int, int]] = []
        spans = self.finds.disguised(self.text)
        for start, end in sorted(spans, key=itemgetter(0)):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged


def _is_kind(found: NumberFound, kind: str) -> bool:
    return found.kind in ("money", "bare") if kind == "price" else found.kind == kind


def _fits(value: float | None, number: Number) -> bool | None:
    if number.at_least is None and number.at_most is None:
        return True
    if value is None:
        return None
    low = number.at_least if number.at_least is not None else value
    high = number.at_most if number.at_most is not None else value
    return low <= value <= high
