"""The kinds of charts, as Vega-Lite that is made once a language; rows and links come with each.

Drawn as SVG in the page, so that colours are the page's own variables and follow light and dark.
Rows have `what`, `queue` and `number`, or `low`, `median` and `high`; and `link`, where a click
leads. Tables beside the charts say the same to whoever doesn't see them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt

from lianfang.web.alerts.models import Queue
from lianfang.web.core.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLOURS = ("var(--act)", "var(--protect)")
"""Of the queues, in their order."""
ROW = 26
HEIGHT = 220
"""Pixels: of a line of a chart whose lines lie one below another, and of the other charts."""
FONT = 'system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'
HOURS = {0: "0", 1: "hour", 6: "hours_6", 24: "day", 72: "days_3", 168: "week", 720: "month"}
"""Marks of an axis of hours, and the keys of what they are called."""


@cache
def columns(lang: str) -> dict[str, Any]:
    """Columns that stand side by side: how many of each queue."""
    drawn = (
        _rows()
        .mark_bar(width=alt.RelativeBandSize(band=0.6))
        .encode(
            x=_along(),
            y=alt.Y("number:Q", title=None, axis=_counting()),
            color=_queue(lang),
            href="link:N",
            tooltip=_told(lang, "number"),
        )
    )
    return _made(alt.LayerChart(layer=[drawn]), HEIGHT)


@cache
def bars(lang: str) -> dict[str, Any]:
    """Bars that lie one below another: how many of each queue, and of both at the end."""
    base = _rows().encode(y=alt.Y("what:N", sort=None, title=None, axis=_names()))
    drawn = base.mark_bar(height=14).encode(
        x=alt.X("number:Q", axis=None),
        color=_queue(lang),
        href="link:N",
        tooltip=_told(lang, "number"),
    )
    total = base.mark_text(align="left", dx=5, fontSize=12, color="var(--ink)").encode(
        x="sum(number):Q", text=alt.Text("sum(number):Q", format=",")
    )
    return _made(alt.LayerChart(layer=[drawn, total]))


@cache
def times(lang: str) -> dict[str, Any]:
    """The median of hours, and how far the middle half of them reaches."""
    axis = alt.Axis(values=list(HOURS), labelExpr=_named_hours(lang), grid=True)
    scale = alt.Scale(type="symlog", domainMin=0)
    side = alt.XOffset("queue:N", scale=alt.Scale(domain=_queues(lang)))
    base = _rows().encode(
        x=_along(), xOffset=side, color=_queue(lang), href="link:N", tooltip=_told(lang, "said")
    )
    low = alt.Y("low:Q", title=None, axis=axis, scale=scale)
    reach = base.mark_bar(size=10, opacity=0.35, cornerRadius=3).encode(y=low, y2="high:Q")
    middle = base.mark_point(filled=True, size=60, opacity=1).encode(y=alt.Y("median:Q"))
    return _made(alt.LayerChart(layer=[reach, middle]), HEIGHT)


@cache
def shares() -> dict[str, Any]:
    """Shares between 0 and 1, and the intervals that they lie in."""
    axis = alt.Axis(format="%", grid=True, tickCount=5)
    base = _rows().encode(
        y=alt.Y("what:N", sort=None, title=None, axis=_names()),
        href="link:N",
        tooltip=[alt.Tooltip("what:N", title=" "), alt.Tooltip("said:N", title=" ")],
    )
    low = alt.X("low:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, 1]))
    reach = base.mark_bar(height=8, opacity=0.35, cornerRadius=3, color="var(--accent)")
    middle = base.mark_point(filled=True, size=60, opacity=1, color="var(--accent)")
    layers = [reach.encode(x=low, x2="high:Q"), middle.encode(x=alt.X("median:Q"))]
    return _made(alt.LayerChart(layer=layers))


def with_rows(spec: dict[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A chart of these rows."""
    height = spec["height"] or ROW * len({row["what"] for row in rows})
    return spec | {"height": height, "datasets": {"rows": rows}}


def _rows() -> alt.Chart:
    return alt.Chart(alt.NamedData("rows"))


def _made(chart: alt.LayerChart, height: int = 0) -> dict[str, Any]:
    label = {"labelColor": "var(--soft)", "labelFontSize": 12, "labelLimit": 190}
    line = {"domainColor": "var(--line)", "gridColor": "var(--line)", "tickColor": "var(--line)"}
    sized = chart.properties(width="container", height=height)
    quiet = sized.configure(font=FONT, background="transparent", padding=4, aria=False)
    styled = quiet.configure_view(stroke=None).configure_axis(**label, **line)
    made: dict[str, Any] = styled.to_dict()
    return made


def _along() -> alt.X:
    return alt.X(
        "what:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, ticks=False)
    )


def _names() -> alt.Axis:
    return alt.Axis(domain=False, ticks=False, labelColor="var(--ink)")


def _counting() -> alt.Axis:
    return alt.Axis(tickMinStep=1, tickCount=5, format=",d", domain=False, ticks=False)


def _queues(lang: str) -> list[str]:
    return [words(lang)[f"queue_{one}"] for one in Queue.values]


def _queue(lang: str) -> alt.Color:
    legend = alt.Legend(orient="top", title=None, labelColor="var(--ink)", labelFontSize=12)
    scale = alt.Scale(domain=_queues(lang), range=list(COLOURS))
    return alt.Color("queue:N", scale=scale, legend=legend)


def _told(lang: str, what: str) -> list[alt.Tooltip]:
    said = words(lang)
    return [
        alt.Tooltip("what:N", title=" "),
        alt.Tooltip("queue:N", title=said["queue"]),
        alt.Tooltip(f"{what}:N", title=said[f"told_{what}"]),
    ]


def _named_hours(lang: str) -> str:
    names = {str(hours): words(lang).get(f"axis_{key}", key) for hours, key in HOURS.items()}
    return f"{names}[datum.value]"
