"""Bars by week, as numbers that a template draws: a file of style tells their colours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

WEEKS = 26
STEP, BAR, HEIGHT = 8, 6, 32


class Bar(NamedTuple):
    """A week's decided alerts: the confirmed stand on the rejected."""

    x: int
    week: date
    confirmed: int
    rejected: int
    yes_y: int
    yes_height: int
    no_y: int
    no_height: int


def bars(weeks: Mapping[date, tuple[int, int]], today: date) -> list[Bar]:
    """A bar for each of the last weeks in which something was decided.

    Args:
        weeks: confirmed and rejected alerts by the Monday of their week.
        today: in the last week.
    """
    last = today - timedelta(days=today.weekday())
    shown = [last - timedelta(weeks=WEEKS - 1 - place) for place in range(WEEKS)]
    most = max((sum(weeks.get(week, (0, 0))) for week in shown), default=0)
    return [
        _bar(place * STEP, week, *weeks[week], most)
        for place, week in enumerate(shown)
        if sum(weeks.get(week, (0, 0)))
    ]


def _bar(x: int, week: date, confirmed: int, rejected: int, most: int) -> Bar:
    yes, no = (-(-HEIGHT * count // most) for count in (confirmed, rejected))
    no = min(no, HEIGHT - min(yes, HEIGHT - bool(no)))
    yes = min(yes, HEIGHT - no)
    return Bar(x, week, confirmed, rejected, HEIGHT - no - yes, yes, HEIGHT - no, no)
