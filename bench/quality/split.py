"""Texts in groups, so that near-duplicates never stand on both sides of a split.

Two texts belong together when they name the same `group`, or are near-duplicates of one another
(`lianfang.text.alike`).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from lianfang.text.alike import alike, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.quality.data import Item


def groups(items: Sequence[Item]) -> list[int]:
    """For each item the number of its group: that of the first item in it."""
    pairs = chain(_same_key(items), alike([item.text for item in items]))
    return together(len(items), pairs)


def unseen(held: Sequence[Item], development: Sequence[Item]) -> list[bool]:
    """For each held item whether no development item is in its group."""
    numbers = groups([*development, *held])
    seen = set(numbers[: len(development)])
    return [number not in seen for number in numbers[len(development) :]]


def _same_key(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    for number, item in enumerate(items):
        if item.group:
            yield first.setdefault(item.group, number), number
