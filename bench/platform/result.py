"""One run: pages beside the plainest answer of the same server, intake beside a plain COPY."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.platform.load import HEALTH
from bench.speed.clock import quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.platform.intake import Taken
    from bench.platform.load import Answer

MOST_SECONDS = 0.150
MOST_QUERIES = 12
LEAST_RATE = 5000
USUAL, BAR, HIGH = 0.5, 0.95, 0.99


@dataclass(frozen=True)
class Page:
    """How long a page took: seconds of these shares of all askings, and its most queries.

    Attributes:
        ratio: the 95th percentile over that of `HEALTH` in the same run.
    """

    asked: int
    p50: float
    p95: float
    p99: float
    ratio: float
    queries: int


@dataclass(frozen=True)
class Result:
    """One run.

    Attributes:
        items, alerts: that there were when pages were asked for.
        filling: seconds that a month took to be multiplied into a year.
        people: at once.
        pages: by their names, asked for by people who look at each.
        restless: the same, asked for by people who never look.
        intakes: by their mixes.
    """

    items: int
    alerts: int
    filling: float
    people: int
    pages: dict[str, Page]
    restless: dict[str, Page]
    intakes: dict[str, Taken]


def pages(answers: Sequence[Answer], queries: dict[str, int]) -> dict[str, Page]:
    """What was measured of each page."""
    seconds: dict[str, list[float]] = {}
    for page, took in answers:
        seconds.setdefault(page, []).append(took)
    plain = quantile(seconds[HEALTH], BAR)
    return {
        page: Page(
            asked=len(seconds[page]),
            p50=quantile(seconds[page], USUAL),
            p95=quantile(seconds[page], BAR),
            p99=quantile(seconds[page], HIGH),
            ratio=quantile(seconds[page], BAR) / plain,
            queries=queries.get(page, 0),
        )
        for page in (*queries, HEALTH)
    }
