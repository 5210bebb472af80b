"""How often each feature was right: of the decided alerts in which it fired, those confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from lianfang.screening.wilson import wilson
from lianfang.web.alerts.models import Queue, State

if TYPE_CHECKING:
    from lianfang.screening.wilson import Interval

_COUNT = """
SELECT hit ->> 'id', hit ->> 'label',
       count(*) FILTER (WHERE a.state = %s), count(*) FILTER (WHERE a.state = %s),
       count(*) FILTER (WHERE a.state = %s AND a.decided_at >= now() - interval '30 days'),
       count(*) FILTER (WHERE a.state = %s AND a.decided_at >= now() - interval '30 days')
FROM alerts_alert a
JOIN intake_item i ON i.id = a.item_id
CROSS JOIN LATERAL jsonb_array_elements(i.verdict -> 'features') AS hit
WHERE a.state IN (%s, %s) AND a.queue = %s
GROUP BY 1, 2
ORDER BY count(*) DESC, 1
"""


class Precision(NamedTuple):
    """A feature's decided alerts; an alert counts once, however many items it has.

    Attributes:
        guide: its guide, or `shared`.
        confirmed, rejected: alerts.
        lately: the same of the last thirty days.
        interval: of the share confirmed, 95 % (Wilson).
    """

    id: str
    label: str
    guide: str
    confirmed: int
    rejected: int
    lately: tuple[int, int]
    interval: Interval

    @property
    def width(self) -> int:
        """Of the interval, in percent."""
        return round(100 * (self.interval.high - self.interval.low))

    @property
    def share(self) -> float:
        """Confirmed, of all that were decided."""
        return self.confirmed / (self.confirmed + self.rejected)


def precisions() -> list[Precision]:
    """Each feature that fired in a decided alert of the queue `act`, the most decided first."""
    yes, no = State.CONFIRMED.value, State.REJECTED.value
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [yes, no, yes, no, yes, no, Queue.ACT.value])
        return [
            _precision(name, label, (right, wrong), (right_lately, wrong_lately))
            for name, label, right, wrong, right_lately, wrong_lately in cursor.fetchall()
        ]


def _precision(name: str, label: str, ever: tuple[int, int], lately: tuple[int, int]) -> Precision:
    return Precision(name, label, name.partition("/")[0], *ever, lately, wilson(ever[0], sum(ever)))
