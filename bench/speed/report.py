"""The results of a run as tables and as numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bench.speed.bars import bars
from bench.speed.result import AGAINST, Plan, Result
from bench.tables import section, table

if TYPE_CHECKING:
    from bench.speed.clock import Spread


@dataclass(frozen=True)
class Origin:
    """When, on what, and with which guides."""

    date: str
    machine: str
    guides: dict[str, str]
    guides_digest: str
    patterns: int
    rules: int


INTRODUCTION = """\
Written by `python -m bench.speed`; don't edit. One run, one core, all contestants in turn in
every round; medians, with the slowest and the fastest round in brackets. Rates and single
calls are in seconds that the core worked for this process, since others use the machine at
the same time; loading and streaming are in seconds on the wall. The ratios to peers are the
claims: absolute figures are of this machine.
"""
READ_RATES = """\
Messages are ordinary ones (and hits of the guides' own corpora), joined and cut to 80
characters. Peers run on the 5 % mix and do one step each: fastText tells a stance and no
reasons; the scanners find the guides' terms in text that is normalised already (ours also
leaves out what isn't a whole word); `str.translate` folds, but keeps no way back to the
original."""
READ_FRESH = """\
First start: a new copy of the package and the guides, nothing compiled and nothing cached:
our own loops are compiled then, once for an installation (`make setup` does it)."""


def report(result: Result, plan: Plan, origin: Origin) -> str:
    """All tables of a run."""
    return "\n".join(
        [
            "# Speed and memory\n",
            INTRODUCTION,
            section("What was measured", _origin(result, plan, origin)),
            section("Bars", _bars(result)),
            section("Against peers", READ_RATES, _ratios(result)),
            section("Messages a second", _rates(result)),
            section("Single calls", _single(result)),
            section("Fresh processes", READ_FRESH, _fresh(result)),
        ]
    )


def numbers(result: Result, origin: Origin) -> dict[str, Any]:
    """Every number of a run."""
    passed = {bar.what: {"median": bar.passed, "worst": bar.worst_passed} for bar in bars(result)}
    ratios = [
        {"ours": ours, "peer": peer, **asdict(spread)}
        for (ours, peer), spread in zip(AGAINST, result.ratios, strict=True)
    ]
    return {**asdict(origin), **asdict(result), "ratios": ratios, "bars": passed}


def _origin(result: Result, plan: Plan, origin: Origin) -> str:
    guides = ", ".join(f"{name} {version}" for name, version in origin.guides.items())
    return (
        f"Date {origin.date}. {origin.machine}, core {result.core}. Guides: {guides}; digest "
        f"`{origin.guides_digest}`; {origin.patterns:,} patterns, {origin.rules} rules. "
        f"{plan.count:,} messages a round, {plan.rounds} rounds, seed {plan.seed}."
    )


def _bars(result: Result) -> str:
    head = ("bar", "limit", "median", "passed", "worst", "passed even there")
    return table(
        head,
        (
            (bar.what, bar.limit, bar.value, _yes(bar.passed), bar.worst, _yes(bar.worst_passed))
            for bar in bars(result)
        ),
    )


def _yes(passed: bool) -> str:  # noqa: FBT001
    return "yes" if passed else "**no**"


def _ratios(result: Result) -> str:
    head = ("ours", "peer", "times as fast as the peer")
    pairs = zip(AGAINST, result.ratios, strict=True)
    return table(head, ((ours, peer, _times(spread)) for (ours, peer), spread in pairs))


def _times(spread: Spread) -> str:
    return f"{spread.median:.2f} ({spread.low:.2f}–{spread.high:.2f})"


def _rates(result: Result) -> str:
    return table(
        ("what", "messages/s"),
        (
            (name, f"{rate.median:,.0f} ({rate.low:,.0f}–{rate.high:,.0f})")
            for name, rate in result.rates.items()
        ),
    )


def _single(result: Result) -> str:
    head = ("what", "median", "95th percentile")
    return table(
        head,
        (
            (name, f"{1000 * call.median:.3f} ms", f"{1000 * call.p95:.3f} ms")
            for name, call in result.single.items()
        ),
    )


def _fresh(result: Result) -> str:
    streamed = result.streamed
    return table(
        ("what", "value"),
        (
            ("load, compiled before", _seconds(result.load)),
            ("load, first start", _seconds(result.first)),
            ("messages streamed", f"{streamed.messages:,} in {streamed.seconds:.0f} s"),
            ("memory at its peak", f"{streamed.peak / 1e6:.0f} MB"),
            ("memory, first quarter", f"{streamed.first / 1e6:.1f} MB"),
            (
                "memory, last quarter",
                f"{streamed.last / 1e6:.1f} MB ({100 * streamed.growth:+.1f} %)",
            ),
        ),
    )


def _seconds(spread: Spread) -> str:
    return f"{spread.median:.2f} s ({spread.low:.2f}–{spread.high:.2f})"
