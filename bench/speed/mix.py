"""Messages of 80 characters: ordinary ones, and so many that offend."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.quality.data import Item, read_development, read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LENGTH = 80
SHARES = (0.0, 0.05, 1.0)
HEADLINE = 0.05


@dataclass(frozen=True)
class Pools:
    """Texts that messages are made of."""

    ordinary: list[str]
    offending: list[str]


def read_pools(data: Path, guides: Path) -> Pools:
    """Ordinary messages of the data, and the guides' own hits."""
    ordinary = [item.text for item in read_lines(data / "ordinary.jsonl", Item)]
    offending = [item.text for item in read_development(guides) if item.offends]
    return Pools(ordinary, offending)


def messages(pools: Pools, share: float, count: int, seed: int) -> list[str]:
    """`count` messages of which this share offend, in a seeded order."""
    rng = random.Random(seed)
    bad = round(share * count)
    made = [*_made(pools.offending, bad, rng), *_made(pools.ordinary, count - bad, rng)]
    rng.shuffle(made)
    return made


def _made(pool: Sequence[str], count: int, rng: random.Random) -> list[str]:
    return [fitted(pool, rng) for _ in range(count)]


def fitted(pool: Sequence[str], rng: random.Random) -> str:
    """Texts of the pool, joined until there are 80 characters, then cut."""
    text = rng.choice(pool)
    while len(text) < LENGTH:
        text = f"{text} {rng.choice(pool)}"
    return text[:LENGTH]
