"""Timing: one core, alternated rounds, medians with the fastest and the slowest.

Seconds are those that the core worked for this process. On a core of one's own that is the
time on the wall, since nothing here waits; on a shared one the others' turns don't count.
"""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, lowest and highest of some measurements."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(statistics.median(values), min(values), max(values))


def pin() -> int:
    """Keep this process and its children on one core; the core's number."""
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def alternate(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each work in each round.

    All take their turn in every round, and every other round goes backwards, so that noise
    of the machine falls on all alike. A first round is thrown away.
    """
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        order = list(works) if number % 2 else list(works)[::-1]
        for name in order:
            took = _timed(works[name])
            if number:
                seconds[name].append(took)
    return seconds


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def rates(seconds: Sequence[float], count: int) -> Spread:
    """Messages a second."""
    return Spread.of([count / took for took in seconds])


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """How many times as fast as they we are, round by round."""
    return Spread.of([b / a for a, b in zip(ours, theirs, strict=True)])


def calls(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Seconds of single calls, one a text."""
    out = []
    for text in texts:
        start = time.process_time()
        work(text)
        out.append(time.process_time() - start)
    return out


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of all don't exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
