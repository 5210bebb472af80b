"""A chart with its words, and the same as a table with the lists behind its marks."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from lianfang.web.alerts.models import Queue
from lianfang.web.core.words import language, say
from lianfang.web.dashboard import charts
from lianfang.web.dashboard.naming import duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.web.dashboard.period import Days, Period
    from lianfang.web.dashboard.selectors import Timed


class Cell(NamedTuple):
    """What a table says in one place, and where that leads."""

    said: str
    link: str = ""


class Figure(NamedTuple):
    """A chart; without rows there is nothing to show.

    Attributes:
        name: of the chart, once on the page.
        spec: Vega-Lite with its rows.
        heads: of the table's columns.
        rows: of the table; the first cell heads the row.
        notes: sentences below.
    """

    name: str
    spec: dict[str, Any]
    heads: list[str]
    rows: list[list[Cell]]
    notes: Sequence[str] = ()

    @property
    def chart(self) -> str:
        """Where the page keeps the chart."""
        return f"chart-{self.name}"

    @property
    def title(self) -> str:
        """What the chart shows."""
        return say(f"chart_{self.name}")


class Bar(NamedTuple):
    """How many alerts of a queue something has, and the list of them."""

    what: str
    queue: str
    number: int
    link: str = ""


def behind(queue: str, days: Days, **asked: str) -> str:
    """The list of a queue's alerts of these days, in every state unless one is asked."""
    told = {"queue": queue, "state": "", **asked, "from": str(days.first), "to": str(days.last)}
    return f"{reverse('alerts')}?{urlencode(told)}"


def counting(name: str, head: str, spec: dict[str, Any], bars: Sequence[Bar]) -> Figure:
    """Numbers of alerts; bars of the same thing stand together."""
    shown = [bar._asdict() | {"queue": say(f"queue_{bar.queue}")} for bar in bars]
    table = []
    for what, alike in groupby(bars, lambda bar: bar.what):
        numbers = {bar.queue: Cell(f"{bar.number:,}", bar.link) for bar in alike}
        table.append([Cell(what), *(numbers.get(queue, Cell("0")) for queue in Queue.values)])
    heads = [say(head), *(say(f"queue_{queue}") for queue in Queue.values)]
    return Figure(
        name, charts.with_rows(spec, shown), heads, table if any(bar.number for bar in bars) else []
    )


def timing(name: str, timed: Sequence[Timed], period: Period, notes: Sequence[str]) -> Figure:
    """Quartiles of times, by week and queue."""
    days_of = dict(period.weeks)
    rows, table = [], []
    for one in timed:
        if one.hours is None:
            continue
        days = days_of[one.week]
        row = {
            "what": f"{days.first:%m-%d}",
            "queue": say(f"queue_{one.queue}"),
            "link": behind(one.queue, days),
            "said": duration(one.hours.median),
            **one.hours._asdict(),
        }
        rows.append(row)
        spread = f"{duration(one.hours.low)} – {duration(one.hours.high)}"
        cells = Cell(row["what"]), Cell(row["queue"]), Cell(row["said"], row["link"]), Cell(spread)
        table.append([*cells, Cell(f"{one.number:,}")])
    heads = [say(key) for key in ("week", "queue", "median", "middle_half", "timed")]
    spec = charts.with_rows(charts.times(language()), rows)
    return Figure(name, spec, heads, table, notes)
