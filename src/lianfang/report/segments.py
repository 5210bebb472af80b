"""A text cut where the set of spans that cover it changes.

Spans of one layer that touch or overlap melt together; spans of several layers may lie in
any way: each segment knows all layers that cover it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text and the numbers of the layers that cover it."""

    start: int
    text: str
    layers: tuple[int, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def segments(text: str, layers: Sequence[Iterable[Range]]) -> list[Segment]:
    """Cut a text; the pieces put together are the text again.

    Args:
        text: any text.
        layers: for each layer its half-open ranges; what lies outside the text is ignored.
    """
    changes = _changes(layers, len(text))
    cuts = sorted({0, len(text), *(position for position, _, _ in changes)})
    sets = _sets(changes, cuts)
    out = []
    for covering, group in groupby(zip(pairwise(cuts), sets, strict=False), key=itemgetter(1)):
        ranges = [bounds for bounds, _ in group]
        start, end = ranges[0][0], ranges[-1][1]
        out.append(Segment(start, text[start:end], covering))
    return out


def _changes(layers: Sequence[Iterable[Range]], length: int) -> list[tuple[int, int, int]]:
    """Where a layer begins (+1) or ends (-1): position, layer, change."""
    changes = []
    for number, ranges in enumerate(layers):
        for start, end in ranges:
            first, last = max(start, 0), min(end, length)
            if first < last:
                changes += [(first, number, 1), (last, number, -1)]
    return sorted(changes)


def _sets(changes: list[tuple[int, int, int]], cuts: list[int]) -> Iterator[tuple[int, ...]]:
    """For each cut the layers that cover what follows it."""
    depth: dict[int, int] = {}
    waiting = iter([*changes, (cuts[-1] + 1, 0, 0)])
    position, layer, change = next(waiting)
    for cut in cuts:
        while position <= cut:
            depth[layer] = depth.get(layer, 0) + change
            position, layer, change = next(waiting)
        yield tuple(sorted(number for number, covers in depth.items() if covers))


def merged(ranges: Iterable[Range]) -> list[Range]:
    """Ranges in order, those that touch or overlap as one."""
    out: list[Range] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
