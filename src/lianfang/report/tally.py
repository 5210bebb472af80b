"""Counts over all verdicts, and what a report says of one at a glance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from lianfang.model import Stance, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Pair = tuple[Verdict, str]


class Kind(StrEnum):
    """Every verdict is of exactly one kind; the order is that of urgency."""

    SUSPECT = "suspect"
    LOOK = "look"
    ABOUT = "about"
    CLEAR = "clear"

    @classmethod
    def of(cls, verdict: Verdict) -> Kind:
        if verdict.suspect is None:
            return cls.LOOK
        if verdict.suspect:
            return cls.SUSPECT
        return cls.ABOUT if verdict.activities else cls.CLEAR


KINDS = tuple(Kind)


def urgency(pair: Pair) -> tuple[int, float]:
    """Sorts the most urgent first."""
    verdict = pair[0]
    return KINDS.index(Kind.of(verdict)), -verdict.score


@dataclass
class Tally:
    """Counts of what went by; its size doesn't grow with the number of verdicts.

    Attributes:
        kinds: verdicts of each kind.
        stances: verdicts of each stance.
        activities: verdicts about an activity, by its id and their kind.
        versions: the versions of a guide that verdicts name.
    """

    kinds: Counter[Kind] = field(default_factory=Counter)
    stances: Counter[Stance] = field(default_factory=Counter)
    activities: Counter[tuple[str, Kind]] = field(default_factory=Counter)
    versions: dict[str, set[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.kinds.total()

    def count(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Pass the pairs on, counted."""
        for pair in pairs:
            self._add(pair[0])
            yield pair

    def _add(self, verdict: Verdict) -> None:
        kind = Kind.of(verdict)
        self.kinds[kind] += 1
        self.stances[verdict.stance] += 1
        self.activities.update((activity.id, kind) for activity in verdict.activities)
        for name, version in verdict.guides.items():
            self.versions.setdefault(name, set()).add(version)

    def of_activity(self, name: str) -> int:
        """How many verdicts are about an activity."""
        return sum(self.activities[name, kind] for kind in Kind)
