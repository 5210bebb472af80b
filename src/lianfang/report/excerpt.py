"""The parts of a long text that its spans stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.report.segments import Range, Segment, merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLD_FROM = 360
"""A longer text is folded behind its excerpt."""

AROUND = 28
ENOUGH = 320
"""Characters shown around a span, and in the whole excerpt."""


@dataclass(frozen=True, slots=True)
class Part:
    """A shown part of a text; `skipped` characters were left out before it."""

    skipped: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Parts of a text in order; `skipped` characters were left out after the last."""

    parts: tuple[Part, ...]
    skipped: int


def excerpt(cut: Sequence[Segment], ranges: Iterable[Range], length: int) -> Excerpt:
    """Show the surroundings of ranges, the first ones named first, until it is enough."""
    parts, reached = [], 0
    for start, end in _windows(ranges, length):
        parts.append(Part(start - reached, within(cut, start, end)))
        reached = end
    return Excerpt(tuple(parts), length - reached)


def _windows(ranges: Iterable[Range], length: int) -> list[Range]:
    chosen: list[Range] = []
    for start, end in ranges:
        last = min(end + AROUND, length, start + ENOUGH)
        chosen = merged([*chosen, (max(start - AROUND, 0), last)])
        if sum(b - a for a, b in chosen) >= ENOUGH:
            break
    return chosen or [(0, min(ENOUGH, length))]


def within(cut: Sequence[Segment], start: int, end: int) -> tuple[Segment, ...]:
    """The segments between two positions, the outer ones shortened."""
    touched = (segment for segment in cut if segment.start < end and segment.end > start)
    return tuple(_shortened(segment, start, end) for segment in touched)


def _shortened(segment: Segment, start: int, end: int) -> Segment:
    first = max(segment.start, start)
    text = segment.text[first - segment.start : end - segment.start]
    return Segment(first, text, segment.layers)
