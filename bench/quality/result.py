"""One run of the measurement: every number, for each method."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench.quality.answers import Method, cases
from bench.quality.attacks import Withstood, stay_caught, stay_clear
from bench.quality.evasion import Evasions, evasions
from bench.quality.measure import (
    ActivityRow,
    StanceRow,
    activity_rows,
    confusion,
    stance_accuracy,
    stance_rows,
)
from bench.quality.pairs import PairRates, pair_rates
from bench.quality.split import groups, unseen

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from bench.quality.data import Corpus, Item, Pair
    from bench.quality.rates import Rate
    from lianfang.model import Stance


@dataclass(frozen=True)
class Kept:
    """How many of a kind were measured on, and how many were too near to a development text."""

    kept: int
    dropped: int
    groups: int


@dataclass(frozen=True)
class MethodResult:
    """Everything about one method. `development` is measured on texts its authors have seen."""

    activities: list[ActivityRow]
    stances: list[StanceRow]
    accuracy: Rate | None
    confusion: Counter[tuple[Stance, Stance]]
    pairs: PairRates
    caught: Withstood
    clear: Withstood
    disguises: dict[str, Evasions]
    development: list[ActivityRow]


@dataclass(frozen=True)
class Result:
    """One run."""

    sizes: dict[str, Kept]
    methods: dict[str, MethodResult]


def measure(methods: dict[str, Method], corpus: Corpus, seed: int) -> Result:
    """Measure each method on what of the corpus no development text comes near to.

    Raises:
        ValueError: an ordinary message is labelled as an offence.
    """
    if any(item.offends for item in corpus.ordinary):
        raise ValueError("ordinary.jsonl holds a line that offends: move it to heldout.jsonl")
    clean, sizes = without_seen(corpus)
    return Result(sizes, {name: measure_one(m, clean, seed) for name, m in methods.items()})


def measure_one(method: Method, corpus: Corpus, seed: int) -> MethodResult:
    """Measure one method."""
    held, ordinary = cases(method, corpus.heldout), cases(method, corpus.ordinary)
    return MethodResult(
        activity_rows(held, ordinary),
        stance_rows(held, ordinary),
        stance_accuracy(held),
        confusion(held),
        pair_rates(method, corpus.pairs),
        stay_caught(method, corpus.heldout, corpus.cautions, seed),
        stay_clear(method, corpus.heldout, corpus.cautions, seed),
        evasions(method, held, ordinary, seed),
        activity_rows(cases(method, corpus.development), ordinary),
    )


def without_seen(corpus: Corpus) -> tuple[Corpus, dict[str, Kept]]:
    """The corpus less every text in the group of a development text; a pair falls as a whole."""
    seen = [*corpus.development, *corpus.taught]
    held, held_size = _far(corpus.heldout, seen)
    ordinary, ordinary_size = _far(corpus.ordinary, seen)
    pairs = _far_pairs(corpus.pairs, seen)
    sizes = {
        "heldout": held_size,
        "ordinary": ordinary_size,
        "pairs": Kept(len(pairs), len(corpus.pairs) - len(pairs), len(pairs)),
        "development": Kept(len(corpus.development), 0, _count(corpus.development)),
    }
    return replace(corpus, heldout=held, ordinary=ordinary, pairs=pairs), sizes


def _far(items: list[Item], development: list[Item]) -> tuple[list[Item], Kept]:
    far = unseen(items, development)
    kept = [item for item, ok in zip(items, far, strict=True) if ok]
    return kept, Kept(len(kept), len(items) - len(kept), _count(kept))


def _far_pairs(pairs: Sequence[Pair], development: list[Item]) -> list[Pair]:
    sides = [side for pair in pairs for side in pair.sides()]
    far = unseen(sides, development)
    return [pair for i, pair in enumerate(pairs) if far[2 * i] and far[2 * i + 1]]


def _count(items: Sequence[Item]) -> int:
    return len(set(groups(items)))
