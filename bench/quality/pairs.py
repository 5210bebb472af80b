"""Minimal pairs: two texts of nearly the same words, of which one offends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.quality.rates import Rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.quality.answers import Method
    from bench.quality.data import Pair


@dataclass(frozen=True, slots=True)
class PairRates:
    """`both`: one suspect and the other clear, in the same pair; null is neither."""

    both: Rate
    offending: Rate
    innocent: Rate


def pair_rates(method: Method, pairs: Sequence[Pair]) -> PairRates:
    """Ask a method about both sides of every pair."""
    left = [a.suspect is True for a in method([pair.offending for pair in pairs])]
    right = [a.suspect is False for a in method([pair.innocent for pair in pairs])]
    both = (a and b for a, b in zip(left, right, strict=True))
    return PairRates(Rate.of(both), Rate.of(left), Rate.of(right))
