"""A guide in figures: how much it holds, and when its steps are due."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from lianfang.guides.citing import cites
from lianfang.report.due import due, seconds

if TYPE_CHECKING:
    from lianfang.guides.library import Library
    from lianfang.guides.model import Guide

_DAY = 86_400
SPANS = {
    "at_once": 0,
    "hour": 3_600,
    "day": _DAY,
    "days": 3 * _DAY,
    "ten": 10 * _DAY,
    "month": 30 * _DAY,
    "later": inf,
}
"""Seconds up to which a span of time reaches, from the end of the one before."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many of each a guide holds; `spans` counts the steps due in each of `SPANS`."""

    id: str
    features: int
    shared: int
    slang: int
    steps: int
    articles: int
    first_due: str
    last_due: str
    spans: tuple[int, ...]


def summary(library: Library, guide: Guide, lang: str) -> Summary:
    """Count a guide; a limit that is no duration is in no span."""
    limits = sorted(
        (length, step.due) for step in guide.playbook if (length := seconds(step.due)) is not None
    )
    return Summary(
        guide.id,
        len(guide.features),
        len(guide.shared),
        len(guide.slang),
        len(guide.playbook),
        len(cites(library, guide)),
        due(limits[0][1], lang) if limits else "",
        due(limits[-1][1], lang) if limits else "",
        _spans([length for length, _ in limits]),
    )


def _spans(lengths: list[int]) -> tuple[int, ...]:
    starts = (-inf, *SPANS.values())
    return tuple(
        sum(start < length <= end for length in lengths) for start, end in pairwise(starts)
    )
