"""Times over the month, in order: some hours and days of the week are busier than others."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from bench.month.shares import shares

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from bench.month.model import Month
    from bench.month.shares import Times

_HOUR = 3600
_LEAST, _MOST = 0.8, 1.2
"""No two hours of the same name are equally busy: what a weight is multiplied with."""


def times(file: str, count: int, month: Month, rng: Random) -> Iterator[datetime]:
    """Yield `count` times in order, to the second, in Beijing time without a zone.

    Hour by hour, so that memory stays small.
    """
    begin = datetime.combine(month.start, time())
    for hour, number in enumerate(_numbers(shares().times[file], count, month, rng)):
        for second in sorted(int(rng.random() * _HOUR) for _ in range(number)):
            yield begin + timedelta(hours=hour, seconds=second)


def _numbers(pattern: Times, count: int, month: Month, rng: Random) -> list[int]:
    """How many of `count` fall into each hour of the month."""
    first = month.start.weekday()
    weights = (
        pattern.days[(first + day) % 7] * hour * rng.uniform(_LEAST, _MOST)
        for day in range(month.days)
        for hour in pattern.hours
    )
    bounds = [0.0, *accumulate(weights)]
    ends = [round(count * bound / bounds[-1]) for bound in bounds]
    return [after - before for before, after in pairwise(ends)]
