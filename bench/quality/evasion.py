"""What disguise does to a method: what it no longer finds, and what it alarms on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.quality.disguise import HOW, disguise
from bench.quality.paired import Paired
from bench.quality.split import groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.quality.answers import Case, Method


@dataclass(frozen=True, slots=True)
class Evasion:
    """Texts of one sort that were disguised in one way, and how many of them were called suspect.

    Attributes:
        texts: of the sort, whether or not they hold a word to disguise.
        suspect: of those that hold one, before and after.
    """

    texts: int
    suspect: Paired


@dataclass(frozen=True, slots=True)
class Evasions:
    """One way to disguise, on held-out texts that offend, on the others, on ordinary messages."""

    offending: Evasion
    innocent: Evasion
    ordinary: Evasion


def evasions(
    method: Method, held: Sequence[Case], ordinary: Sequence[Case], seed: int
) -> dict[str, Evasions]:
    """Each way to disguise; what a method answered to the plain texts is in the cases."""
    offending, innocent = (
        _Sort.of([case for case in held if case.item.offends is offends])
        for offends in (True, False)
    )
    everyday = _Sort.of(ordinary)
    return {
        how: Evasions(
            *(sort.evasion(method, how, seed) for sort in (offending, innocent, everyday))
        )
        for how in HOW
    }


@dataclass(frozen=True, slots=True)
class _Sort:
    """Cases, and the number of each one's group."""

    cases: Sequence[Case]
    groups: Sequence[int]

    @classmethod
    def of(cls, cases: Sequence[Case]) -> _Sort:
        return cls(cases, groups([case.item for case in cases]))

    def evasion(self, method: Method, how: str, seed: int) -> Evasion:
        made = [disguise(case.item.text, how, seed) for case in self.cases]
        hidden = [number for number, disguised in enumerate(made) if disguised.changes]
        answers = method([made[number].text for number in hidden])
        suspect = Paired.of(
            [self.cases[number].answer.suspect is True for number in hidden],
            [answer.suspect is True for answer in answers],
            [self.groups[number] for number in hidden],
        )
        return Evasion(len(self.cases), suspect)
