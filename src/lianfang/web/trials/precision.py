"""How often each feature was right: of the decided alerts in which it fired, those confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.utils import timezone
from psycopg import sql

from lianfang.screening.wilson import wilson

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from lianfang.screening.wilson import Interval

_COUNT = sql.SQL("""
SELECT f.feature, {week}, count(*), sum(a.count),
       count(*) FILTER (WHERE a.state = 'confirmed'), count(*) FILTER (WHERE a.state = 'rejected')
FROM trials_firing f JOIN alerts_alert a ON a.id = f.alert_id
WHERE a.queue = 'act' AND {which}
GROUP BY 1, 2
ORDER BY 2
""")
_WEEK = sql.SQL("date_trunc('week', a.decided_at AT TIME ZONE {zone})::date")
# The server would take weeks that nobody asked for to make a million groups, and sort for them.
_NO_WEEK = sql.SQL("NULL::date")
_ONLY = sql.SQL("f.feature = ANY ({ids})")
_DECIDED = sql.SQL("a.decided_at >= {start} AND a.decided_at < {end}")
_ALL = sql.SQL("true")


class Precision(NamedTuple):
    """A feature's alerts; an alert counts once, however many texts it has.

    Attributes:
        alerts, texts: in which it fired, decided or not.
        confirmed, rejected: alerts.
        weeks: confirmed and rejected by the Monday of the week of the decision, where asked for.
        interval: of the share confirmed, 95 % (Wilson).
    """

    id: str
    alerts: int
    texts: int
    confirmed: int
    rejected: int
    weeks: dict[date, tuple[int, int]]
    interval: Interval

    @property
    def decided(self) -> int:
        """Confirmed or rejected."""
        return self.confirmed + self.rejected

    @property
    def share(self) -> float:
        """Confirmed, of all that were decided."""
        return self.confirmed / self.decided if self.decided else 0.0

    @property
    def width(self) -> int:
        """Of the interval, in percent."""
        return round(100 * (self.interval.high - self.interval.low))


def precisions() -> list[Precision]:
    """Features that fired in an alert of the queue `act`, the most decided first; no weeks."""
    return _counted(_NO_WEEK, _ALL)


def precisions_of(ids: Iterable[str]) -> list[Precision]:
    """As `precisions`, of some features and with their weeks."""
    week = _WEEK.format(zone=timezone.get_current_timezone_name())
    return _counted(week, _ONLY.format(ids=list(ids)))


def precisions_between(start: datetime, end: datetime) -> list[Precision]:
    """As `precisions`, of what was decided from a moment on until before another."""
    return _counted(_NO_WEEK, _DECIDED.format(start=start, end=end))


def _counted(week: sql.Composable, which: sql.Composable) -> list[Precision]:
    rows: dict[str, list[tuple[date | None, int, int, int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(week=week, which=which))
        for feature, *row in cursor.fetchall():
            rows.setdefault(feature, []).append(tuple(row))
    found = [_precision(name, counted) for name, counted in rows.items()]
    return sorted(found, key=lambda one: (-one.decided, one.id))


def _precision(name: str, rows: list[tuple[date | None, int, int, int, int]]) -> Precision:
    _, alerts, texts, confirmed, rejected = (sum(one) if place else 0 for place, one in
                                             enumerate(zip(*rows, strict=True)))  # fmt: skip
    weeks = {week: (yes, no) for week, _, _, yes, no in rows if week and yes + no}
    interval = wilson(confirmed, confirmed + rejected)
    return Precision(name, alerts, int(texts), confirmed, rejected, weeks, interval)
