"""The days that the charts are about: whole days of Beijing, first and last counted in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from lianfang.errors import InputError
from lianfang.web.dashboard.moments import BEIJING

if TYPE_CHECKING:
    from collections.abc import Mapping

CHOICES = (4, 13)
"""Weeks to choose from, this one counted in."""
MOST_DAYS = 364
EARLIEST = date(2000, 1, 1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


class Days(NamedTuple):
    """A first and a last day."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The first moment."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment afterwards."""
        return _midnight(self.last + DAY)


class Period(NamedTuple):
    """Days, and the number of weeks if they were chosen by that, else 0."""

    days: Days
    chosen: int = 0

    @property
    def weeks(self) -> list[tuple[date, Days]]:
        """The Monday of each week, and those days of the week that are of the period."""
        first, last = self.days
        mondays = [monday(first) + WEEK * n for n in range((last - monday(first)).days // 7 + 1)]
        return [(one, Days(max(one, first), min(one + 6 * DAY, last))) for one in mondays]


AGES = (("age_today", 0, 0), ("age_days", 1, 2), ("age_week", 3, 6), ("age_month", 7, 27))
"""Of what waits: its name, and how many days ago it came up, from and to."""


def ages(today: date) -> list[tuple[str, Days]]:
    """On which days that came up which is of each age; the last age has no end."""
    named = [(name, Days(today - upto * DAY, today - since * DAY)) for name, since, upto in AGES]
    return [*named, ("age_older", Days(EARLIEST, named[-1][1].first - DAY))]


def recent(weeks: int, today: date) -> Period:
    """This week and those before it."""
    return Period(Days(monday(today) - WEEK * (weeks - 1), today), weeks)


def asked(given: Mapping[str, str], today: date) -> Period:
    """The period that a reader asks for: `weeks`, or `from` and `to` as 2026-10-31.

    Raises:
        InputError: no dates, in the wrong order, in the future or too far apart.
    """
    first, last = given.get("from", ""), given.get("to", "")
    if not first and not last:
        weeks = given.get("weeks", "")
        return recent(next((one for one in CHOICES if str(one) == weeks), CHOICES[0]), today)
    days = Days(_day(first), min(_day(last), today) if last else today)
    if not EARLIEST <= days.first <= days.last or (days.last - days.first).days >= MOST_DAYS:
        do = f"the first day before the last, at most {MOST_DAYS} days"
        raise InputError("no such period", where="from, to", do=do)
    return Period(days)


def monday(day: date) -> date:
    """Of a day's week."""
    return day - DAY * day.weekday()


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise InputError("not a date", where="from, to", do="write 2026-10-31") from error


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)
