"""Charts as SVG that stands in the page: Vega-Lite from Altair, drawn by vl-convert.

Colours are the page's own variables, so that a chart follows light and dark; numbers stand
at the bars, so that nothing hangs on colour. Room for labels is fixed, so that the drawing
is the same on a machine without Chinese fonts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import altair as alt
import vl_convert
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT = "inherit"
GAP = 18
DIGIT = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its row, its column, how many, and the page's name of its colour."""

    row: str
    column: str
    count: int
    colour: str


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels: the whole width, the room for the rows' names, a row's height.

    Without room beside the bars, names stand above them.
    """

    width: int
    labels: int
    row: int

    @property
    def lift(self) -> int:
        return 0 if self.labels else -16


@lru_cache(maxsize=32)
def draw(bars: tuple[Bar, ...], size: Size) -> Markup:
    """Bars in rows, one panel a column, the number at each bar's end.

    Takes a fifth of a second; the same bars are drawn once.
    """
    columns = list(dict.fromkeys(bar.column for bar in bars))
    spec = _chart(bars, columns, size).to_dict()
    svg = _inlined(vl_convert.vegalite_to_svg(spec))
    return Markup(_exactly(svg, size.width))  # noqa: S704  drawn by us


def _chart(bars: Sequence[Bar], columns: list[str], size: Size) -> alt.FacetChart:
    values = [
        {"row": b.row, "column": b.column, "count": b.count, "colour": f"var(--{b.colour})"}
        for b in bars
    ]
    width = (size.width - size.labels - GAP * (len(columns) - 1)) / len(columns)
    layers = _layers(bars, width, size).properties(width=width, height=alt.Step(size.row))
    faceted = layers.facet(
        column=alt.Column("column:N", sort=columns, title=None, header=_header()),
        data=alt.InlineData(values=values),
        spacing=GAP,
        bounds="flush",
    )
    quiet: dict[str, Any] = {"font": FONT, "background": "transparent", "padding": 0}
    chart: alt.FacetChart = faceted.configure(**quiet).configure_view(stroke=None)
    return chart


def _layers(bars: Sequence[Bar], width: float, size: Size) -> alt.LayerChart:
    most = max([1, *(bar.count for bar in bars)])
    end = max(width - DIGIT * len(f"{most:,}") - DIGIT, DIGIT)
    rows = list(dict.fromkeys(bar.row for bar in bars))
    base = alt.Chart().encode(
        x=alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, most], range=[0, end])),
        y=alt.Y("row:N", scale=alt.Scale(domain=rows), sort=rows, axis=_axis(size)),
    )
    drawn = base.mark_bar(height=14).encode(color=alt.Color("colour:N", scale=None))
    number = base.mark_text(align="left", dx=5, fontSize=13, color="var(--ink)")
    numbered = number.encode(text=alt.Text("count:Q", format=","))
    return alt.LayerChart(layer=[drawn, numbered])


def _axis(size: Size) -> alt.Axis:
    return alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        labelAlign="left",
        labelPadding=size.labels,
        labelOffset=size.lift,
        labelLimit=0,
        labelFontSize=13,
        labelColor="var(--ink)",
        minExtent=size.labels,
        maxExtent=size.labels,
    )


def _header() -> alt.Header:
    return alt.Header(
        labelColor="var(--soft)",
        labelFontSize=12,
        labelFontWeight="bold",
        labelAnchor="start",
        labelLimit=0,
        labelPadding=6,
    )


def _inlined(svg: str) -> str:
    """Without namespaces (HTML needs none), and without roles: the figure names the whole."""
    bare = re.sub(r' (?:xmlns(?::\w+)?|version|role|aria-\w+)="[^"]*"', "", svg)
    return bare.replace("<svg ", '<svg focusable="false" aria-hidden="true" ', 1)


def _exactly(svg: str, width: int) -> str:
    """As wide as asked: the drawer guesses the width of words in a font it hasn't."""
    return re.sub(
        r'width="\d+" (.*?)viewBox="0 0 \d+',
        rf'width="{width}" \1viewBox="0 0 {width}',
        svg,
        count=1,
    )
