"""Which texts could a rule fire in? A cheap test that lets too many through, never too few.

Every rule needs some sets and some numbers of different terms (`Rule.needs`, `Rule.counts`).
For many texts each need is one pass over arrays of bit masks; for few, plain integers are
faster. Both give the same answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lianfang.guides.program import Program, Rule
    from lianfang.text.stream import Bools, Ints

WORD = 64
FEW_TEXTS = 16
Masks: TypeAlias = NDArray[np.uint64]


class Sieve:
    """The needs of all rules of a program."""

    def __init__(self, program: Program) -> None:
        self._rules = program.rules
        self._sets = len(program.sets)
        self._patterns = len(program.patterns)
        self._words = self._sets // WORD + 1
        self._masks = [self._mask_rows(rule) for rule in program.rules]
        self._bits = [tuple(map(_bits, rule.needs)) for rule in program.rules]

    def _mask_rows(self, rule: Rule) -> Masks:
        rows = np.zeros((len(rule.needs), self._words), dtype=np.uint64)
        for row, clause in enumerate(rule.needs):
            for number in clause:
                rows[row, number // WORD] |= np.uint64(1) << np.uint64(number % WORD)
        return rows

    def pass_through(self, texts: Ints, sets: Ints, terms: Ints, size: int) -> list[list[int]]:
        """For each rule the texts that have all it needs, in order.

        Args:
            texts: one row for each set found in a text: the text's number,
            sets: the set,
            terms: and the term that was found, or -1.
            size: how many texts there are.
        """
        if size <= FEW_TEXTS:
            return self._few(texts, sets, terms, size)
        return self._many(texts, sets, terms, size)

    def _few(self, texts: Ints, sets: Ints, terms: Ints, size: int) -> list[list[int]]:
        found: list[dict[int, set[int]]] = [{} for _ in range(size)]
        rows = zip(texts.tolist(), sets.tolist(), terms.tolist(), strict=True)
        for text, number, term in rows:
            found[text].setdefault(number, set()).add(term)
        passed: list[list[int]] = [[] for _ in self._rules]
        for text, mine in enumerate(found):
            bits = _bits(mine)
            for index, needs in enumerate(self._bits):
                if all(bits & need for need in needs) and self._enough(index, mine):
                    passed[index].append(text)
        return passed

    def _enough(self, index: int, terms: dict[int, set[int]]) -> bool:
        return all(
            len(set().union(*(terms[n] for n in numbers if n in terms))) >= least
            for numbers, least in self._rules[index].counts
        )

    def _many(self, texts: Ints, sets: Ints, terms: Ints, size: int) -> list[list[int]]:
        flat = np.zeros((size, self._words * WORD), dtype=bool)
        flat[texts, sets] = True
        present = np.packbits(flat, axis=1, bitorder="little").view(np.uint64)
        passed = []
        for rule, masks in zip(self._rules, self._masks, strict=True):
            kept = _pass_masks(present, masks)
            for numbers, least in rule.counts:
                if kept.any():
                    kept &= self._different(numbers, texts, sets, terms, size) >= least
            passed.append(np.flatnonzero(kept).tolist())
        return passed

    def _different(
        self, numbers: tuple[int, ...], texts: Ints, sets: Ints, terms: Ints, size: int
    ) -> NDArray[np.intp]:
        """How many different terms of some sets stand in each text."""
        members = np.zeros(self._sets, dtype=bool)
        members[list(numbers)] = True
        rows = np.flatnonzero(members[sets])
        keys = np.unique(texts[rows] * self._patterns + terms[rows])
        return np.bincount(keys // self._patterns, minlength=size)


def _pass_masks(present: Masks, masks: Masks) -> Bools:
    """Texts in which each mask finds one of its bits."""
    kept: Bools = np.ones(len(present), dtype=bool)
    for mask in masks:
        clause: Bools = np.zeros_like(kept)
        for word in np.flatnonzero(mask).tolist():
            clause |= (present[:, word] & mask[word]) != 0
        kept &= clause
    return kept


def _bits(numbers: Iterable[int]) -> int:
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits
