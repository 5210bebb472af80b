"""What stands in a batch: which sets of terms in which text, and the places of each.

The batch part is arrays: one row a (match, set). It answers cheaply which texts a rule could
fire in. Only those are looked at one by one (see `reading`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lianfang.guides.program import DISGUISED, HANDLE, LINK, Program
from lianfang.screening.sieve import Sieve
from lianfang.text.scan import Matches, Scanner
from lianfang.text.tables import Class
from lianfang.text.units import Units

if TYPE_CHECKING:
    from lianfang.text.stream import Bools, Ints, Stream

SHORTEST_HANDLE = 4
POINT, COLON, SLASH = map(ord, ".:/")
JOINS = [ord(char) for char in "-_*"]


class Index:
    """The parts of a program that finding needs, laid out as arrays once."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.scanner = Scanner(program.patterns)
        numbers = np.arange(len(program.patterns) + 1)
        self.set_of_lead = program.leads[:, 1].copy()
        self.first_lead = np.searchsorted(program.leads[:, 0], numbers)
        self.set_of_exception = program.exceptions[:, 1].copy()
        self.first_exception = np.searchsorted(program.exceptions[:, 0], numbers)
        self.variant = np.array([bool(term) for term in program.stands_for], dtype=bool)
        self.terms = np.array(program.terms, dtype=np.int64)
        self.sieve = Sieve(program)


@dataclass(frozen=True, slots=True)
class Rows:
    """One row for each set that a match counts in; in the order of texts."""

    start: Ints
    end: Ints
    pattern: Ints
    set: Ints

    def keep(self, mask: Bools) -> Rows:
        return Rows(self.start[mask], self.end[mask], self.pattern[mask], self.set[mask])


class Finds:
    """Everything found in one batch."""

    def __init__(self, index: Index, stream: Stream) -> None:
        self.index, self.stream = index, stream
        matches = index.scanner.scan(stream)
        rows = _expand(matches, index.first_lead, index.set_of_lead)
        self.rows = _without_exceptions(index, matches, rows, len(stream.codes) + 1)
        self.disguised = self._disguised()
        self.first_row = np.searchsorted(self.rows.start, stream.starts)

    @cached_property
    def units(self) -> Units:
        return Units(self.stream)

    def _disguised(self) -> Rows:
        """Rows that stand only after a rewriting: a symbol taken out, a spelling undone."""
        gaps, spaces = self.stream.gaps_before, self.stream.spaces_before
        start, end = self.rows.start, self.rows.end
        hidden = gaps[end] - gaps[start + 1] > spaces[end] - spaces[start + 1]
        return self.rows.keep(hidden | self.index.variant[self.rows.pattern])

    @cached_property
    def text_of_row(self) -> Ints:
        return self.stream.text_of(self.rows.start)

    def may_fire(self) -> list[list[int]]:
        """For each rule, the texts that have all that it needs, in order."""
        sets = self.index.program.sets
        marks = (
            (sets[DISGUISED], self.disguised.start),
            (sets[HANDLE], _handles(self.stream)),
            (sets[LINK], _points(self.stream)),
        )
        texts = [self.text_of_row, *(self.stream.text_of(places) for _, places in marks)]
        numbers = [self.rows.set, *(np.full(places.size, number) for number, places in marks)]
        terms = [
            self.index.terms[self.rows.pattern],
            *(np.full(places.size, -1) for _, places in marks),
        ]
        return self.index.sieve.pass_through(
            np.concatenate(texts),
            np.concatenate(numbers),
            np.concatenate(terms),
            len(self.stream.texts),
        )


def _handles(stream: Stream) -> Ints:
    """Positions that end a run of letters and digits long enough for a handle."""
    joins = np.isin(stream.codes, JOINS)
    inside = ((stream.classes == Class.ALNUM) | joins).astype(np.int8)
    ends = np.flatnonzero(np.diff(inside, append=np.int8(0)) == -1)
    starts = np.flatnonzero(np.diff(inside, prepend=np.int8(0)) == 1)
    return ends[ends - starts >= SHORTEST_HANDLE - 1]


def _points(stream: Stream) -> Ints:
    """Points and colons between letters or digits, as in links."""
    at = np.flatnonzero((stream.codes == POINT) | (stream.codes == COLON))
    at = at[(at > 0) & (at < stream.codes.size - 1)]
    word = stream.classes == Class.ALNUM
    slash = stream.codes == SLASH
    points: Ints = at[word[at - 1] & (word[at + 1] | slash[at + 1])]
    return points


def _expand(matches: Matches, first: Ints, sets: Ints) -> Rows:
    counts = first[matches.pattern + 1] - first[matches.pattern]
    row = np.repeat(np.arange(matches.pattern.size), counts)
    offset = np.arange(row.size) - np.repeat(np.cumsum(counts) - counts, counts)
    lead = first[matches.pattern][row] + offset
    order = np.argsort(matches.start[row], kind="stable")
    row, lead = row[order], lead[order]
    return Rows(matches.start[row], matches.end[row], matches.pattern[row], sets[lead])


def _without_exceptions(index: Index, matches: Matches, rows: Rows, size: int) -> Rows:
    """Drop what an exception of its set covers.

    Places are keyed by set and position, so that one sorted search serves all sets.
    """
    covers = _expand(matches, index.first_exception, index.set_of_exception)
    if not covers.start.size:
        return rows
    order = np.argsort(covers.set * size + covers.start, kind="stable")
    keys = (covers.set * size + covers.start)[order]
    reach = np.maximum.accumulate((covers.set * size + covers.end)[order])
    before = np.searchsorted(keys, rows.set * size + rows.start, side="right") - 1
    covered = (before >= 0) & (reach[before] >= rows.set * size + rows.end)
    return rows.keep(~covered)
