"""Evaluate a rule's condition on one text.

Truth has three values (Kleene): a unit is in `sure` (the condition holds there), only in
`maybe` (unknown: a number is named without its value), or in neither (it doesn't hold).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from lianfang.guides import language as lang
from oracle.contexts import standing
from oracle.reading import NO_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lianfang.guides.program import Rule
    from oracle.reading import Hit, Hits, Reading

NOWHERE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Truth:
    """Units where a condition surely holds, where it may, and the places that say so."""

    sure: frozenset[int]
    maybe: frozenset[int]
    used: tuple[Hit, ...] = ()


FALSE = Truth(NOWHERE, NOWHERE)


def fire(rule: Rule, reading: Reading) -> list[Hit] | None:
    """The places that make a rule fire in a text, or None where it doesn't fire.

    A rule that fires by an absence alone fires with no places.
    """
    truth = _Run(rule, reading).truth(rule.node)
    if not truth.sure:
        return None
    unit = rule.feature.unit
    if unit == "text":
        return sorted(set(truth.used))
    return sorted({hit for hit in truth.used if reading.unit(unit, hit[0]) in truth.sure})


class _Run:
    """One rule on one text."""

    def __init__(self, rule: Rule, reading: Reading) -> None:
        self.unit, self.unless, self.reading = rule.feature.unit, rule.feature.unless, reading
        self.terms = reading.program.terms

    def truth(self, node: lang.Node) -> Truth:  # noqa: PLR0911
        match node:
            case lang.Found() | lang.Contact():
                return self._standing(standing(self.reading, node, self.unless))
            case lang.All(parts):
                return self._all(parts)
            case lang.Either(parts):
                return self._any(parts)
            case lang.Near(a, b, within):
                return self._near(self._union(a), self._union(b), within)
            case lang.Number():
                return self._number(node)
            case lang.Not(part):
                return self._not(part)
            case lang.Count(of, least):
                return self._count(self._union(of), least)
            case lang.Order(first, then, within):
                pairs = self._pairs(self._union(first), self._union(then), within)
                return self._standing(list(chain.from_iterable(pairs)))
            case lang.Obfuscation(least):
                return self._obfuscation(least)

    def _union(self, operands: tuple[lang.Operand, ...]) -> Hits:
        parts = [standing(self.reading, operand, self.unless) for operand in operands]
        return parts[0] if len(parts) == 1 else sorted(set(chain.from_iterable(parts)))

    def _where(self, hits: Iterable[Hit]) -> frozenset[int]:
        if self.unit == "text":
            return frozenset((0,))
        return frozenset(self.reading.unit(self.unit, start) for start, _, _ in hits)

    def _standing(self, hits: Hits) -> Truth:
        if not hits:
            return FALSE
        units = self._where(hits)
        return Truth(units, units, tuple(hits))

    def _number(self, node: lang.Number) -> Truth:
        fits, unknown = self.reading.number(node)
        sure = self._where(fits) if fits else NOWHERE
        return Truth(sure, sure | self._where(unknown) if unknown else sure, tuple(fits))

    def _all(self, parts: tuple[lang.Node, ...]) -> Truth:
        truth = self.truth(parts[0])
        for part in parts[1:]:
            if not truth.maybe:
                return FALSE
            other = self.truth(part)
            truth = Truth(
                truth.sure & other.sure, truth.maybe & other.maybe, truth.used + other.used
            )
        return truth

    def _any(self, parts: tuple[lang.Node, ...]) -> Truth:
        truth = FALSE
        for part in parts:
            other = self.truth(part)
            truth = Truth(
                truth.sure | other.sure, truth.maybe | other.maybe, truth.used + other.used
            )
        return truth

    def _not(self, part: lang.Node) -> Truth:
        truth = self.truth(part)
        everywhere = self.reading.units(self.unit)
        return Truth(everywhere - truth.maybe, everywhere - truth.sure)

    def _near(self, a: Hits, b: Hits, within: int) -> Truth:
        if not a or not b:
            return FALSE
        pairs = chain(self._pairs(a, b, within), self._pairs(b, a, within))
        return self._standing(list(chain.from_iterable(pairs)))

    def _pairs(self, first: Hits, then: Hits, within: int | None) -> Iterable[tuple[Hit, Hit]]:
        """Each of `first` with the next of `then` behind it, in the same unit."""
        for hit in first:
            at = bisect_left(then, (hit[1],))
            if at < len(then) and self._close(hit, then[at], within):
                yield hit, then[at]

    def _close(self, left: Hit, right: Hit, within: int | None) -> bool:
        if within is not None and right[0] - left[1] > within:
            return False
        if self.unit == "text":
            return True
        unit = self.reading.unit
        return unit(self.unit, left[0]) == unit(self.unit, right[0])

    def _count(self, hits: Hits, least: int) -> Truth:
        if len(hits) < least:
            return FALSE
        different: dict[int, set[int]] = {}
        for start, _, pattern in hits:
            unit = self.reading.unit(self.unit, start)
            what = self.terms[pattern] if pattern != NO_PATTERN else -1 - start
            different.setdefault(unit, set()).add(what)
        units = frozenset(unit for unit, kinds in different.items() if len(kinds) >= least)
        return Truth(units, units, tuple(hits))

    def _obfuscation(self, least: float) -> Truth:
        hidden: dict[int, int] = {}
        for start, end in self.reading.disguised:
            unit = self.reading.unit(self.unit, start)
            hidden[unit] = hidden.get(unit, 0) + end - start
        units = frozenset(
            unit for unit, taken in hidden.items() if taken >= least * self._length(unit)
        )
        places = tuple((start, end, NO_PATTERN) for start, end in self.reading.disguised)
        return Truth(units, units, places) if units else FALSE

    def _length(self, unit: int) -> int:
        start, end = self.reading.unit_span(self.unit, unit)
        return max(end - start - 1, 1)
