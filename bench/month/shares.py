"""The proportions of the month, from `shares.yaml`."""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from random import Random

SHARES = Path(__file__).with_name("shares.yaml")


class Share(msgspec.Struct, frozen=True):
    """A part of a whole, from 0 to 1, and the reason."""

    share: float
    why: str


class Kind(Share, frozen=True):
    """A kind of texts, and what is meant by it."""

    intention: str


class Times(msgspec.Struct, frozen=True):
    """Weights of the 24 hours and of the 7 days from Monday on."""

    hours: list[float]
    days: list[float]
    why: str


class Conflict(msgspec.Struct, frozen=True):
    """Figures of the field that contradict each other, and what is used here."""

    what: str
    figures: list[str]
    used: str


class Shares(msgspec.Struct, frozen=True):
    """The whole file; kinds and times by file, activities by the id of their guide."""

    files: dict[str, Share]
    kinds: dict[str, dict[str, Kind]]
    activities: dict[str, Share]
    waves: Share
    times: dict[str, Times]
    conflicts: list[Conflict]


class Draw:
    """Draws a name by its share.

    Args:
        shares: of each name; they needn't add up to 1.
    """

    def __init__(self, shares: Mapping[str, float]) -> None:
        self._names = list(shares)
        self._bounds = list(accumulate(shares.values()))

    def __call__(self, rng: Random) -> str:
        return rng.choices(self._names, cum_weights=self._bounds)[0]


@cache
def shares() -> Shares:
    """The shipped proportions."""
    return msgspec.yaml.decode(SHARES.read_bytes(), type=Shares)


def kinds(file: str) -> Draw:
    """Draws a kind of text of a file such as `posts`."""
    return Draw({name: kind.share for name, kind in shares().kinds[file].items()})


def activities(among: Iterable[str]) -> Draw:
    """Draws one of some activities."""
    return Draw({name: shares().activities[name].share for name in among})


def apportion(count: int) -> dict[str, int]:
    """How many of `count` items each file gets; they add up to `count`."""
    bounds = [0.0, *accumulate(part.share for part in shares().files.values())]
    ends = [round(count * bound / bounds[-1]) for bound in bounds]
    return {name: ends[i + 1] - ends[i] for i, name in enumerate(shares().files)}
