"""The two charts of the page, each in two widths and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.model import Stance
from lianfang.report.charts import Bar, Size, draw
from lianfang.report.tally import Kind, Tally
from lianfang.report.words import phrases, stance_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

CONCERNED = (Kind.SUSPECT, Kind.LOOK, Kind.ABOUT)
"""Kinds that a verdict about an activity can be of."""

ACTIVITY_SIZES = {
    "zh": (Size(500, 130, 26), Size(326, 0, 46)),
    "en": (Size(500, 200, 26), Size(326, 0, 46)),
}
STANCE_SIZES = (Size(500, 90, 26), Size(326, 84, 26))
"""On a wide and on a narrow screen."""

Row = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart for wide and narrow screens, and the same numbers as a table."""

    wide: Markup
    narrow: Markup
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def activities(tally: Tally, names: Sequence[tuple[str, str]], lang: str) -> Drawing:
    """How many texts of each kind are about each activity; `names` pairs ids with names."""
    words = phrases(lang)
    rows = [(name, tuple(tally.activities[one, kind] for kind in CONCERNED)) for one, name in names]
    columns = [(words[kind], str(kind)) for kind in CONCERNED]
    return _drawing(rows, columns, ACTIVITY_SIZES[lang])


def stances(tally: Tally, lang: str) -> Drawing:
    """How many texts are of each stance."""
    rows = [(stance_name(stance, lang), (tally.stances[stance],)) for stance in Stance]
    return _drawing(rows, [(phrases(lang)["count"], "brand")], STANCE_SIZES)


def _drawing(
    rows: Sequence[Row], columns: Sequence[tuple[str, str]], sizes: tuple[Size, Size]
) -> Drawing:
    bars = tuple(
        Bar(row, title, count, colour)
        for row, counts in rows
        for (title, colour), count in zip(columns, counts, strict=True)
    )
    wide, narrow = (draw(bars, size) for size in sizes)
    return Drawing(wide, narrow, tuple(title for title, _ in columns), tuple(rows))
