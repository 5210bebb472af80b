"""One run of the measurement, and the bars that it's held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.quality.data import read_development
from bench.speed import clock, fresh, peers
from bench.speed.mix import HEADLINE, SHARES, messages, read_pools
from lianfang import Screener

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bench.speed.clock import Spread
    from bench.speed.fresh import Streamed

FASTTEXT = "fastText, classify"
AHOCORASICK = "pyahocorasick, scan"
DAACHORSE = "daachorse, scan"
TRANSLATE = "str.translate, normalise"
STREAM = "Stream.of, normalise"
SCAN = "Scanner.scan"


@dataclass(frozen=True)
class Plan:
    """What to run."""

    data: Path
    guides: Path
    count: int
    rounds: int
    calls: int
    loads: int
    firsts: int
    streamed: int
    seed: int


@dataclass(frozen=True)
class Calls:
    """Single calls, in seconds."""

    median: float
    p95: float


@dataclass(frozen=True)
class Result:
    """One run. Rates are messages of 80 characters a second.

    Attributes:
        ratios: one for each of `AGAINST`, in its order; above 1 ours is the faster.
    """

    core: int
    rates: dict[str, Spread]
    ratios: list[Spread]
    single: dict[str, Calls]
    load: Spread
    first: Spread
    streamed: Streamed


@dataclass(frozen=True)
class Bar:
    """A limit; `worst` is the worst round or call share, told beside the median."""

    what: str
    limit: str
    value: str
    worst: str
    passed: bool
    worst_passed: bool


def screener_name(share: float) -> str:
    """The name of our own row for one mix."""
    return f"screener, {100 * share:g} % offending"


OURS = screener_name(HEADLINE)
AGAINST = (
    *((OURS, peer) for peer in (FASTTEXT, AHOCORASICK, DAACHORSE, TRANSLATE)),
    (SCAN, AHOCORASICK),
    (SCAN, DAACHORSE),
    (STREAM, TRANSLATE),
)
"""Whom of ours we hold against whom: all steps, scanning alone, normalising alone."""


def measure(plan: Plan) -> Result:
    """Run everything, on one core."""
    core = clock.pin()
    streamed = fresh.stream(plan.streamed, plan.seed, plan.data, plan.guides)
    load = fresh.load_seconds(plan.guides, plan.loads)
    first = fresh.first_seconds(plan.guides, plan.firsts)
    screener = Screener(plan.guides)
    pools = read_pools(plan.data, plan.guides)
    mixes = {share: messages(pools, share, plan.count, plan.seed) for share in SHARES}
    model = peers.trained(read_development(plan.guides))
    seconds = clock.alternate(_works(screener, model, mixes), plan.rounds)
    return Result(
        core,
        {name: clock.rates(took, plan.count) for name, took in seconds.items()},
        [clock.ratios(seconds[ours], seconds[peer]) for ours, peer in AGAINST],
        _single(screener, model, mixes[HEADLINE][: plan.calls]),
        load,
        first,
        streamed,
    )


def _works(
    screener: Screener, model: object, mixes: dict[float, list[str]]
) -> dict[str, Callable[[], object]]:
    texts = mixes[HEADLINE]
    joined = [stream.text for stream in peers.streams(texts)]
    patterns = screener.program.patterns
    table = peers.translation()
    ours = {screener_name(share): _screening(screener, mix) for share, mix in mixes.items()}
    return {
        **ours,
        FASTTEXT: lambda: peers.classify(model, texts),
        AHOCORASICK: peers.ahocorasick_scan(patterns, joined),
        DAACHORSE: peers.daachorse_scan(patterns, joined),
        TRANSLATE: lambda: [text.translate(table) for text in texts],
        STREAM: lambda: peers.streams(texts),
        SCAN: peers.our_scan(patterns, texts),
    }


def _screening(screener: Screener, texts: Sequence[str]) -> Callable[[], object]:
    def work() -> None:
        for _ in screener.screen(texts):
            pass

    return work


def _single(screener: Screener, model: object, texts: Sequence[str]) -> dict[str, Calls]:
    ours = clock.calls(lambda text: next(screener.screen((text,))), texts)
    theirs = clock.calls(lambda text: peers.classify(model, (text,)), texts)
    return {
        name: Calls(clock.quantile(took, 0.5), clock.quantile(took, 0.95))
        for name, took in (("screener", ours), (FASTTEXT, theirs))
    }
