"""Alerts are raised of items, and decided by people (`triage`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from lianfang.model import Stance
from lianfang.web.alerts.models import Occurrence, Queue
from lianfang.web.alerts.triage import decide, undo
from lianfang.web.intake.models import Item, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["decide", "queue_of", "raise_alerts", "undo"]

_RAISE = """
INSERT INTO alerts_alert (purpose, queue, item_id, source_id, kind, platform, fold, count, activity,
                          stance, score, sure, state, reason, made_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, 1, %s, %s, %s, %s, 'open', '', now())
ON CONFLICT (purpose, queue, fold) DO UPDATE SET count = alerts_alert.count + 1
RETURNING id
"""


def queue_of(*, kind: str, suspect: bool | None, stance: str, activities: int) -> Queue | None:
    """Where an item goes, if anybody need look at it.

    A complaint goes to nobody here, nor is a letter acted upon: their words alone raise no
    suspicion. A report or a question
    that names an activity may come from somebody who was harmed or is tempted.
    """
    if stance == Stance.COMPLAIN:
        return None
    if suspect is not False and kind != Kind.LETTER:
        return Queue.ACT
    asks = stance in (Stance.REPORT, Stance.SEEK)
    return Queue.PROTECT if asks and activities else None


def raise_alerts(*, items: Iterable[int]) -> None:
    """Raise an alert of each item that a person must look at; those that say the same share one."""
    for item in (
        Item.objects.filter(pk__in=list(items)).select_related("source").order_by("fold", "pk")
    ):
        activities = item.verdict.get("activities", [])
        queue = queue_of(
            kind=item.source.kind,
            suspect=item.suspect,
            stance=item.stance,
            activities=len(activities),
        )
        if queue:
            first = activities[0]["id"] if activities else ""
            Occurrence.objects.create(
                purpose=item.purpose, item=item, alert_id=_raised(item, queue, first)
            )


def _raised(item: Item, queue: Queue, activity: str) -> int:
    sure = queue is Queue.PROTECT or item.suspect is True
    place = (item.source_id, item.source.kind, item.platform)
    values = (*place, bytes(item.fold), activity, item.stance, item.score, sure)
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [item.purpose, queue.value, item.pk, *values])
        number: int = cursor.fetchone()[0]
    return number
