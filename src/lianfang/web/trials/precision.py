"""How often each feature was right: of the decided alerts in which it fired, those confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.utils import timezone

from lianfang.screening.wilson import wilson
from lianfang.web.alerts.models import Queue, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lianfang.screening.wilson import Interval

_COUNT = """
SELECT f.feature, date_trunc('week', a.decided_at AT TIME ZONE %s)::date,
       count(*), sum(a.count),
       count(*) FILTER (WHERE a.state = %s), count(*) FILTER (WHERE a.state = %s)
FROM trials_firing f JOIN alerts_alert a ON a.id = f.alert_id
WHERE a.queue = %s AND (%s OR f.feature = ANY(%s))
GROUP BY 1, 2
ORDER BY 2
"""


class Precision(NamedTuple):
    """A feature's alerts; an alert counts once, however many texts it has.

    Attributes:
        alerts, texts: in which it fired, decided or not.
        confirmed, rejected: alerts.
        weeks: confirmed and rejected by the Monday of the week of the decision.
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


def precisions(only: Iterable[str] | None = None) -> list[Precision]:
    """Features that fired in an alert of the queue `act`, the most decided first.

    Args:
        only: ids of features; all without it.
    """
    ids = list(only or ())
    rows: dict[str, list[tuple[date | None, int, int, int, int]]] = {}
    with connection.cursor() as cursor:
        zone = timezone.get_current_timezone_name()
        states = [State.CONFIRMED.value, State.REJECTED.value]
        cursor.execute(_COUNT, [zone, *states, Queue.ACT.value, only is None, ids])
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
