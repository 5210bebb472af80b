"""Shares of the same texts before and after something was done to them, and their difference.

The interval is Tango's, from the score of the paired difference. Unlike the bootstrap, and unlike
limits from McNemar's exact test, it doesn't shrink to nothing where no answer changed: with none
of n it reaches as far as Wilson's interval does for 0 of n.

Source: T. Tango, "Equivalence test and confidence interval for the difference in proportions for
the paired-sample design", Statistics in Medicine 17 (8), 1998, pp. 891-908.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from typing import TYPE_CHECKING

from bench.quality.rates import Rate
from lianfang.screening.wilson import Z95

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS = 50
"""Halvings of the range from -1 to 1."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Marks of `texts` texts, of which `before` had the mark, `lost` lost and `gained` got it.

    Attributes:
        groups: of texts that are versions of one another; each counts as one for the interval.
    """

    texts: int
    before: int
    lost: int
    gained: int
    groups: int

    @classmethod
    def of(cls, before: Sequence[bool], after: Sequence[bool], groups: Sequence[int]) -> Paired:
        """From both marks of each text and the number of its group."""
        marks = list(zip(before, after, strict=True))
        lost, gained = marks.count((True, False)), marks.count((False, True))
        return cls(len(marks), sum(before), lost, gained, len(set(groups)))

    @property
    def rates(self) -> tuple[Rate, Rate]:
        """The share before, and the share after."""
        after = self.before - self.lost + self.gained
        return Rate(self.before, self.texts), Rate(after, self.texts)

    @property
    def change(self) -> float | None:
        """The share after less that before, None where there is no text."""
        return (self.gained - self.lost) / self.texts if self.texts else None

    @property
    def interval(self) -> tuple[float, float]:
        """Both ends of the 95 % interval of `change`."""
        if not self.texts:
            return -1.0, 1.0
        weight = self.groups / self.texts
        return tango(self.gained * weight, self.lost * weight, self.groups)


def tango(up: float, down: float, total: float, z: float = Z95) -> tuple[float, float]:
    """The interval of (`up` - `down`) / `total`, where so many of `total` pairs changed."""
    return _where(up, down, total, z), _where(up, down, total, -z)


def _where(up: float, down: float, total: float, level: float) -> float:
    """The difference at which the score, which falls as that grows, comes down to `level`."""
    low, high = -1.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if _score(middle, up, down, total) > level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _score(difference: float, up: float, down: float, total: float) -> float:
    """How many standard errors lie between what was seen and a true `difference`."""
    linear = (2 * total - up + down) * difference - up - down
    constant = -down * difference * (1 - difference)
    root = sqrt(max(linear**2 - 8 * total * constant, 0.0))  # only rounding makes it negative
    fallen = (root - linear) / (4 * total)
    variance = total * (2 * fallen + difference * (1 - difference))
    distance = up - down - total * difference
    if variance <= 0:
        return inf if distance > 0 else -inf if distance < 0 else 0.0
    return distance / sqrt(variance)
