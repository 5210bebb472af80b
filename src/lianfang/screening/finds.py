"""What stands in a batch: which sets of terms in which text, and the places of each.

The batch part is arrays: one row a (match, set). It answers cheaply which texts a rule could
fire in. Only those are looked at one by one (see `reading`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lianfang.guides.compile import DISGUISED, HANDLE, LINK, Program, Rule
from lianfang.text.scan import Matches, Scanner
from lianfang.text.stream import Bools, Ints, Stream
from lianfang.text.tables import Class
from lianfang.text.units import Units

WORD = 64
FEW_TEXTS = 16
SHORTEST_HANDLE = 4
POINT, COLON, SLASH = map(ord, ".:/")
Masks = NDArray[np.uint64]


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
        self.words = len(program.sets) // WORD + 1
        self.masks = [self._masks(rule) for rule in program.rules]
        self.all_masks = np.concatenate(self.masks) if self.masks else self._no_masks(0)
        self.first_mask = np.cumsum([0, *(len(masks) for masks in self.masks)])
        self.counts = [
            [(self._members(numbers), least) for numbers, least in rule.counts]
            for rule in program.rules
        ]

    def _no_masks(self, count: int) -> Masks:
        return np.zeros((count, self.words), dtype=np.uint64)

    def _members(self, numbers: tuple[int, ...]) -> Bools:
        members = np.zeros(len(self.program.sets), dtype=bool)
        members[list(numbers)] = True
        return members

    def _masks(self, rule: Rule) -> Masks:
        masks = self._no_masks(len(rule.needs))
        for row, clause in enumerate(rule.needs):
            for number in clause:
                masks[row, number // WORD] |= np.uint64(1) << np.uint64(number % WORD)
        return masks


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

    @cached_property
    def present(self) -> Masks:
        """For each text, one bit for each set that stands in it."""
        sets, stream = self.index.program.sets, self.stream
        flat = np.zeros((len(stream.texts), self.index.words * WORD), dtype=bool)
        flat[self.text_of_row, self.rows.set] = True
        flat[stream.text_of(self.disguised.start), sets[DISGUISED]] = True
        flat[stream.text_of(_handles(stream)), sets[HANDLE]] = True
        flat[stream.text_of(_points(stream)), sets[LINK]] = True
        return np.packbits(flat, axis=1, bitorder="little").view(np.uint64)

    def may_fire(self) -> list[Bools]:
        """For each rule, the texts that have all that it needs."""
        few = len(self.stream.texts) <= FEW_TEXTS
        needed = self._by_text() if few else map(self._by_rule, self.index.masks)
        return [
            self._counted(rule, texts) for rule, texts in enumerate(needed)
        ]

    def _by_rule(self, masks: Masks) -> Bools:
        """One rule over many texts: a pass over all texts for each clause."""
        found: Bools = np.ones(len(self.stream.texts), dtype=bool)
        for mask in masks:
            clause: Bools = np.zeros_like(found)
            for word in np.flatnonzero(mask).tolist():
                clause |= (self.present[:, word] & mask[word]) != 0
            found &= clause
        return found

    def _by_text(self) -> list[Bools]:
        """All rules over few texts: a pass over all clauses for each text."""
        first = self.index.first_mask
        rows = []
        for bits in self.present:
            missing = ~(self.index.all_masks & bits).any(axis=1)
            lacking = np.concatenate(([0], np.cumsum(missing)))
            rows.append(lacking[first[1:]] == lacking[first[:-1]])
        return list(np.array(rows).T)

    def _counted(self, rule: int, texts: Bools) -> Bools:
        for members, least in self.index.counts[rule]:
            if texts.any():
                texts = texts & (self._different(members) >= least)
        return texts

    def _different(self, members: Bools) -> Ints:
        """How many different terms of some sets stand in each text."""
        rows = np.flatnonzero(members[self.rows.set])
        patterns = len(self.index.program.patterns)
        keys = np.unique(self.text_of_row[rows] * patterns + self.rows.pattern[rows])
        return np.bincount(keys // patterns, minlength=len(self.stream.texts))


def _handles(stream: Stream) -> Ints:
    """Positions that end a run of letters and digits long enough for a handle."""
    inside = (stream.classes == Class.ALNUM).astype(np.int8)
    ends = np.flatnonzero(np.diff(inside, append=np.int8(0)) == -1)
    starts = np.flatnonzero(np.diff(inside, prepend=np.int8(0)) == 1)
    return ends[ends - starts >= SHORTEST_HANDLE - 1]


def _points(stream: Stream) -> Ints:
    """Points and colons between letters or digits, as in links."""
    at = np.flatnonzero((stream.codes == POINT) | (stream.codes == COLON))
    at = at[(at > 0) & (at < stream.codes.size - 1)]
    word = stream.classes == Class.ALNUM
    slash = stream.codes == SLASH
    return at[word[at - 1] & (word[at + 1] | slash[at + 1])]


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
