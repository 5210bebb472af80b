"""Shares with their Wilson intervals, and what they mean where offences are rare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.screening.wilson import wilson

if TYPE_CHECKING:
    from collections.abc import Iterable

PREVALENCES = (0.001, 0.01, 0.05)
PER = 1000
"""False alarms are told per this many ordinary messages."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `total`, with the 95 % Wilson interval; of nothing it says nothing: 0 to 1."""

    hits: int
    total: int

    @classmethod
    def of(cls, marks: Iterable[bool]) -> Rate:
        marks = list(marks)
        return cls(sum(marks), len(marks))

    @property
    def share(self) -> float | None:
        """The share itself, None where there is nothing to share."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Both ends of the interval."""
        return wilson(self.hits, self.total)

    def numbers(self) -> dict[str, float | None]:
        """For the file of results."""
        low, high = self.interval
        share = None if self.share is None else round(self.share, 5)
        return {
            "hits": self.hits,
            "total": self.total,
            "share": share,
            "low": round(low, 5),
            "high": round(high, 5),
        }


def precision(recall: float, false_alarms: float, prevalence: float) -> float | None:
    """How many of the suspects offend where `prevalence` of all texts do; None where none is."""
    right, wrong = recall * prevalence, false_alarms * (1 - prevalence)
    return right / (right + wrong) if right + wrong else None


@dataclass(frozen=True, slots=True)
class Precision:
    """Precision at one prevalence: the estimate, and the worse end of both intervals."""

    prevalence: float
    estimate: float | None
    worst: float | None


def precision_at(recall: Rate, false_alarms: Rate, prevalence: float) -> Precision:
    """The worse end takes recall at its lowest and false alarms at their highest."""
    if recall.share is None or false_alarms.share is None:
        return Precision(prevalence, None, None)
    worst = precision(recall.interval[0], false_alarms.interval[1], prevalence)
    return Precision(prevalence, precision(recall.share, false_alarms.share, prevalence), worst)
