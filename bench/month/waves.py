"""Waves: one advert that several accounts repost, each with other contact details."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from bench.month.grammar import grammar
from bench.month.shares import shares

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from bench.month.model import Meaning, Personal
    from bench.month.texts import Texts

LEAST, MOST = 10, 60
"""How often an advert is reposted."""

FEWEST = 3
SMALLEST = 200
"""Fewer posts have no waves: three would be most of them."""

_ROOM = 8
"""A wave is spread over so many posts for each of its own, while others post too."""


class Poster(msgspec.Struct):
    """An account of a wave, and the contact details that it always gives."""

    account: str
    known: dict[str, Personal]


class Wave(msgspec.Struct):
    """An advert with its contact marks open, who reposts it, and at which posts."""

    number: int
    text: str
    meaning: Meaning
    posters: list[Poster]
    places: set[int]


def waves(count: int, texts: Texts, rng: Random) -> Iterator[Wave | None]:
    """For each of `count` posts the wave that it belongs to, one wave after the other."""
    number = _how_many(count)
    bounds = [count * part // number for part in range(number + 1)] if number else [0, count]
    for part, (start, end) in enumerate(pairwise(bounds)):
        wave = _wave(part, start, end, texts, rng) if number else None
        for place in range(start, end):
            yield wave if wave and place in wave.places else None


def _how_many(count: int) -> int:
    average = (LEAST + MOST) / 2
    return max(FEWEST, round(count * shares().waves.share / average)) if count >= SMALLEST else 0


def _wave(number: int, start: int, end: int, texts: Texts, rng: Random) -> Wave:
    text, meaning = texts.draw("offer")
    if "<" not in text:
        text += grammar().expand("，{contact}", rng)
    size = rng.randint(LEAST, min(MOST, max(LEAST, (end - start) // 3)))
    room = min(size * _ROOM, end - start)
    first = rng.randint(start, end - room)
    posters = [_poster(rng) for _ in range(size // 4 + 2)]
    places = set(rng.sample(range(first, first + room), size))
    return Wave(number, text, meaning, posters, places)


def _poster(rng: Random) -> Poster:
    return Poster(grammar().expand("{shop}", rng), {})
