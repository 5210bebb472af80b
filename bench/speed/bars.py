"""The project's bars for speed and memory, held against one run."""

from __future__ import annotations

from bench.speed.result import OURS, Bar, Result

RATE = 60_000
CALL = 0.0005
LOAD = 2.5
MEMORY = 300e6
GROWTH = 0.05
"""Memory counts as flat where the last quarter holds at most 5 % more than the first."""


def bars(result: Result) -> list[Bar]:
    """Every bar; the median decides, and the worst is told beside it."""
    return [_rate(result), _call(result), _load(result), _memory(result), _flat(result)]


def _rate(result: Result) -> Bar:
    rate = result.rates[OURS]
    return Bar(
        "messages of 80 characters a second, one core, 5 % offending",
        f"≥ {RATE:,}",
        f"{rate.median:,.0f}",
        f"{rate.low:,.0f} (slowest round)",
        rate.median >= RATE,
        rate.low >= RATE,
    )


def _call(result: Result) -> Bar:
    call = result.single["screener"]
    return Bar(
        "single call, 80 characters",
        f"< {1000 * CALL:g} ms",
        f"{1000 * call.median:.2f} ms",
        f"{1000 * call.p95:.2f} ms (95th percentile)",
        call.median < CALL,
        call.p95 < CALL,
    )


def _load(result: Result) -> Bar:
    load = result.load
    return Bar(
        "from `import lianfang` to the first verdict, in a fresh process",
        f"< {LOAD:g} s",
        f"{load.median:.2f} s",
        f"{load.high:.2f} s (slowest; the first start ever compiles, see below)",
        load.median < LOAD,
        load.high < LOAD,
    )


def _memory(result: Result) -> Bar:
    peak = result.streamed.peak
    text = f"{peak / 1e6:.0f} MB"
    return Bar(
        "memory while streaming, at its peak",
        f"< {MEMORY / 1e6:.0f} MB",
        text,
        text,
        peak < MEMORY,
        peak < MEMORY,
    )


def _flat(result: Result) -> Bar:
    growth = result.streamed.growth
    text = f"{100 * growth:+.1f} %"
    return Bar(
        f"memory, last quarter over first, {result.streamed.messages:,} messages",
        f"≤ {100 * GROWTH:+g} %",
        text,
        text,
        growth <= GROWTH,
        growth <= GROWTH,
    )
