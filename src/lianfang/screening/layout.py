"""A program laid out as arrays, once, for the loops that find, sieve and evaluate.

Beside the program's sets stand some that only screening fills: handles by kind, and for each
comparison of numbers the numbers that fit it and those whose value isn't given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.guides.language import CONTACT_KINDS, Number, walk
from lianfang.guides.program import MARKS
from lianfang.indicators.contact import TRIGGERS
from lianfang.screening.code import Code, Operands
from lianfang.screening.masks import WORD, masks, sparse
from lianfang.screening.mentions import Comparisons
from lianfang.text.disguise.undo import Undo
from lianfang.text.scan import Scanner
from lianfang.text.stream import Stream
from lianfang.text.tables import LAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lianfang.guides.program import Program
    from lianfang.screening.masks import Masks, Sparse
    from lianfang.text.stream import Bools, Bytes, Ints

STANDS = ("before", "after", "around", "beside")
SCOPES = ("clause", "sentence")
MARK_BREADTH = 100
"""How common a mark is, in terms: some common sets have more, most have fewer."""


class Leads(NamedTuple):
    """Which sets a pattern counts in, and from which it takes covered matches back.

    Those of pattern `p` stand at `[first[p], first[p + 1])` of `sets`; exceptions alike.
    """

    first: Ints
    sets: Ints
    first_exception: Ints
    exceptions: Ints
    variant: Bools
    term: Ints
    longest: int


class Needs(NamedTuple):
    """What each rule can't do without.

    Clauses of rule `r` are rows `[first[r], first[r + 1])` of `masks`, each a set of sets;
    `clauses` are the same without empty words. One clause of each rule, its rarest, is watched:
    only a text that touches it is looked at.
    Rule `r` also needs, for the rows `[first_count[r], first_count[r + 1])` of `counts`, so many
    different terms (second column) of a row of `counted` (first column).
    `triggers[c]` has a bit for each kind of handle that a character may announce.
    """

    masks: Masks
    clauses: Sparse
    first: Ints
    watched: Ints
    watch_first: Ints
    watchers: Ints
    always: Ints
    counted: Masks
    counts: Ints
    first_count: Ints
    triggers: Bytes


class Layout:
    """All arrays of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._undo = Undo(*program.disguised)
        self.scanner = Scanner(program.patterns)
        sets = len(program.sets)
        self.contact_sets = {kind: sets + i for i, kind in enumerate(CONTACT_KINDS)}
        self.number_sets = _number_sets(program, sets + len(CONTACT_KINDS))
        self.comparisons = Comparisons.of(self.number_sets)
        self.sets = sets + len(CONTACT_KINDS) + 2 * len(self.number_sets)
        self.words = self.sets // WORD + 1
        self.leads = _leads(program)
        self.needs = self._needs()
        operands = Operands(program, self.contact_sets, self.number_sets)
        self.code: Code = operands.code()
        self.cues = self._cues()
        self.wants_contacts = operands.wants_contacts
        self.wants_numbers = operands.wants_numbers
        rules = program.rules
        self.of_guide: Bools = np.array([bool(rule.guide) for rule in rules], dtype=bool)
        self.plain: Bools = np.array([rule.plain for rule in rules], dtype=bool)
        calm = [r.feature.stance is not None and not r.feature.stance.offends for r in rules]
        self.calm: Bools = np.array(calm, dtype=bool) & ~self.of_guide

    def read(self, texts: Sequence[str]) -> Stream:
        """A batch as it is screened: normalised, and disguised words read as what they are."""
        return self._undo(Stream.of(texts))

    def _needs(self) -> Needs:
        rules = self.program.rules
        breadth = self._breadth()
        clauses = [clause for rule in rules for clause in rule.needs]
        first = _starts(len(rule.needs) for rule in rules)
        watched = np.full(len(rules), -1, dtype=np.int64)
        watchers: list[list[int]] = [[] for _ in range(WORD * self.words)]
        for rule in rules:
            if rule.needs:
                widths = [sum(breadth[n] for n in clause) for clause in rule.needs]
                best = int(np.argmin(widths))
                watched[rule.index] = first[rule.index] + best
                for number in rule.needs[best]:
                    watchers[number].append(rule.index)
        sets = masks(clauses, self.words)
        return Needs(
            sets,
            sparse(sets),
            first,
            watched,
            _starts(map(len, watchers)),
            _flat(watchers),
            np.flatnonzero(watched < 0),
            *self._counts(),
            _triggers(),
        )

    def _counts(self) -> tuple[Masks, Ints, Ints]:
        rules = self.program.rules
        groups = list(dict.fromkeys(sets for rule in rules for sets, _ in rule.counts))
        rows = [(groups.index(sets), least) for rule in rules for sets, least in rule.counts]
        counts = np.array(rows, dtype=np.int64).reshape(-1, 2)
        return masks(groups, self.words), counts, _starts(len(rule.counts) for rule in rules)

    def _breadth(self) -> list[int]:
        sets = self.program.leads[:, 1]
        counts: list[int] = np.bincount(sets, minlength=len(self.program.sets)).tolist()
        counts[: len(MARKS)] = [MARK_BREADTH] * len(MARKS)
        return counts

    def _cues(self) -> Ints:
        """Contexts as columns: the sets of cue and stop, how the cue stands, in which scope, how
        far away at most; -1 where there is no stop or no limit.
        """
        sets = self.program.sets
        rows = [
            (
                sets[c.cue],
                sets[c.until] if c.until else -1,
                STANDS.index(c.stands),
                SCOPES.index(c.scope),
                -1 if c.within is None else c.within,
            )
            for c in self.program.contexts.values()
        ]
        return np.array(rows, dtype=np.int64).reshape(-1, 5).T.copy()


def _leads(program: Program) -> Leads:
    numbers = np.arange(len(program.patterns) + 1)
    return Leads(
        np.searchsorted(program.leads[:, 0], numbers),
        program.leads[:, 1].copy(),
        np.searchsorted(program.exceptions[:, 0], numbers),
        program.exceptions[:, 1].copy(),
        np.array([bool(term) for term in program.stands_for], dtype=bool),
        np.array(program.terms, dtype=np.int64),
        max(map(len, program.patterns), default=1),
    )


def _number_sets(program: Program, free: int) -> dict[Number, tuple[int, int]]:
    """For each comparison the set of numbers that fit, and that of values not given."""
    found: dict[Number, tuple[int, int]] = {}
    for rule in program.rules:
        for part in walk(rule.node):
            if isinstance(part, Number) and part not in found:
                found[part] = (free, free + 1)
                free += 2
    return found


def _triggers() -> Bytes:
    table = np.zeros(LAST, dtype=np.uint8)
    for bit, kind in enumerate(CONTACT_KINDS):
        for char in TRIGGERS.get(kind, ""):
            table[ord(char)] |= 1 << bit
    return table


def _starts(lengths: Iterable[int]) -> Ints:
    return np.cumsum([0, *lengths], dtype=np.int64)


def _flat(groups: Sequence[Sequence[int]]) -> Ints:
    return np.array([number for group in groups for number in group], dtype=np.int64)
