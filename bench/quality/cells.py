"""Shares as a table's cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.quality.rates import PER

if TYPE_CHECKING:
    from bench.quality.paired import Paired
    from bench.quality.rates import Rate

NOTHING = "–"


def percent(value: float | None) -> str:
    """A share as per cent, to one place."""
    return NOTHING if value is None else f"{100 * value:.1f} %"


def rate_text(rate: Rate | None) -> str:
    """Share, interval, counts."""
    if rate is None or rate.share is None:
        return NOTHING
    low, high = rate.interval
    return f"{percent(rate.share)} ({100 * low:.1f}–{100 * high:.1f}) {rate.hits}/{rate.total}"


def points(paired: Paired) -> str:
    """The change of a share in points, with its interval."""
    if paired.change is None:
        return NOTHING
    low, high = paired.interval
    return f"{_signed(paired.change)} ({_signed(low)} to {_signed(high)})"


def before_and_after(paired: Paired) -> str:
    """Both shares, the change in points with its interval, the number of texts."""
    before, after = (percent(rate.share) for rate in paired.rates)
    if paired.change is None:
        return NOTHING
    return f"{before} → {after}: {points(paired)}, {paired.texts} texts"


def _signed(share: float) -> str:
    return f"{100 * share:+.1f}".replace("-", "−")


def per_thousand(rate: Rate | None) -> str:
    """As `rate_text`, but so many in a thousand."""
    if rate is None or rate.share is None:
        return NOTHING
    low, high = rate.interval
    counts = f"{rate.hits}/{rate.total}"
    return f"{PER * rate.share:.1f} ({PER * low:.1f}–{PER * high:.1f}) {counts}"
