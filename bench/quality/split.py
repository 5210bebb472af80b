"""Texts in groups, so that near-duplicates never stand on both sides of a split.

Two texts belong together when they name the same `group`, or when their character 5-grams
overlap by a Jaccard index of 0.6 or more. The index is exact, not estimated by MinHash: an
inverted list over some thousands of short texts takes about a second, and has no seed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lianfang.text.stream import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.quality.data import Item

GRAM = 5
ALIKE = 0.6


def groups(items: Sequence[Item]) -> list[int]:
    """For each item the number of its group: that of the first item in it."""
    parent = list(range(len(items)))
    for a, b in (*_same_key(items), *alike([item.text for item in items])):
        _join(parent, a, b)
    return [_root(parent, i) for i in range(len(items))]


def unseen(held: Sequence[Item], development: Sequence[Item]) -> list[bool]:
    """For each held item whether no development item is in its group."""
    numbers = groups([*development, *held])
    seen = set(numbers[: len(development)])
    return [number not in seen for number in numbers[len(development) :]]


def grams(text: str) -> frozenset[str]:
    """Character 5-grams of a text as the scanner reads it, letters and digits alone."""
    solid = "".join(c for c in normalise(text) if c.isalnum()) or text
    return frozenset(solid[i : i + GRAM] for i in range(max(1, len(solid) - GRAM + 1)))


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the grams of either that both have."""
    return len(a & b) / len(a | b)


def alike(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Every pair of near-duplicates, the earlier first."""
    index: dict[str, list[int]] = {}
    sizes: list[int] = []
    for number, mine in enumerate(map(grams, texts)):
        shared = Counter(other for gram in mine for other in index.get(gram, ()))
        for other, both in sorted(shared.items()):
            if both >= ALIKE * (sizes[other] + len(mine) - both):
                yield other, number
        sizes.append(len(mine))
        for gram in mine:
            index.setdefault(gram, []).append(number)


def _same_key(items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    for number, item in enumerate(items):
        if item.group:
            yield first.setdefault(item.group, number), number


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _join(parent: list[int], a: int, b: int) -> None:
    a, b = _root(parent, a), _root(parent, b)
    parent[max(a, b)] = min(a, b)
