"""Alerts are raised of items, and decided by people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from lianfang.errors import InputError
from lianfang.model import Stance
from lianfang.web.alerts.models import Alert, Decision, Occurrence, Queue, State
from lianfang.web.clients.services import announce
from lianfang.web.core.audit import record
from lianfang.web.intake.models import Item, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from lianfang.web.institution.models import User

_RAISE = """
INSERT INTO alerts_alert (purpose, queue, item_id, fold, count, activity, stance, score, sure,
                          state, reason, made_at)
VALUES (%s, %s, %s, %s, 1, %s, %s, %s, %s, 'open', '', now())
ON CONFLICT (purpose, queue, fold) DO UPDATE SET count = alerts_alert.count + 1
RETURNING id, count = 1
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
    raised: dict[str, list[int]] = {}
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
            number, new = _raised(item, queue, first)
            Occurrence.objects.create(purpose=item.purpose, item=item, alert_id=number)
            if new:
                raised.setdefault(item.purpose, []).append(number)
    for purpose, numbers in raised.items():
        announce(event="alert.raised", purpose=purpose, numbers=numbers)


def _raised(item: Item, queue: Queue, activity: str) -> tuple[int, bool]:
    """The alert's number, and whether there was none that says the same."""
    sure = queue is Queue.PROTECT or item.suspect is True
    values = (item.purpose, queue.value, item.pk, bytes(item.fold), activity, item.stance)
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [*values, item.score, sure])
        number, new = cursor.fetchone()
    return number, new


def decide(
    *, alert_id: int, after: str, reason: str, user: User, request: HttpRequest | None = None
) -> Decision:
    """Decide an alert.

    Raises:
        InputError: no such decision, or a rejection without a reason.
        Alert.DoesNotExist: none that this session sees.
    """
    if after not in State.values:
        raise InputError("no such decision", where=after, do=f"use {', '.join(State.values)}")
    reason = reason.strip()[:300]
    if after == State.REJECTED and not reason:
        raise InputError("no reason", where="reason", do="say why the alert is wrong")
    with transaction.atomic():
        alert = Alert.objects.select_for_update().get(pk=alert_id)
        return _decided(alert, after, reason, user, request)


def undo(*, decision_id: int, user: User, request: HttpRequest | None = None) -> Decision:
    """Take back the last decision of an alert.

    Raises:
        InputError: it isn't the last, or was taken back.
        Decision.DoesNotExist: none that this session sees.
    """
    with transaction.atomic():
        done = Decision.objects.get(pk=decision_id)
        alert = Alert.objects.select_for_update().get(pk=done.alert_id)
        last = alert.decisions.first()
        if last is None or last.pk != done.pk or done.undoes_id:
            do = "look at what was decided since"
            raise InputError("no longer the last decision", where=str(decision_id), do=do)
        return _decided(alert, done.before, done.reason_before, user, request, undoes=done)


def _decided(
    alert: Alert,
    after: str,
    reason: str,
    user: User,
    request: HttpRequest | None,
    *,
    undoes: Decision | None = None,
) -> Decision:
    made = Decision.objects.create(
        purpose=alert.purpose,
        alert=alert,
        before=alert.state,
        reason_before=alert.reason,
        after=after,
        reason=reason,
        undoes=undoes,
        by=user,
    )
    is_open = after == State.OPEN
    alert.state, alert.reason = after, reason
    alert.decided_at, alert.decided_by = (None, None) if is_open else (timezone.now(), user)
    alert.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    what = "alert.undo" if undoes else f"alert.{after}"
    record(who=user.username, what=what, object_=str(alert.pk), why=reason, request=request)
    announce(event="alert.decided", purpose=alert.purpose, numbers=[alert.pk])
    return made
