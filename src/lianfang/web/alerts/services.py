"""Alerts are raised of items, and decided by people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from psycopg import sql

from lianfang.errors import InputError
from lianfang.model import Stance
from lianfang.web.alerts.models import Alert, Decision, Occurrence, Queue, State
from lianfang.web.core.audit import record
from lianfang.web.database.rows import add_rows, ask
from lianfang.web.intake.models import Item, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest

    from lianfang.web.institution.models import User

_RAISE = sql.SQL("""
INSERT INTO alerts_alert (purpose, queue, item_id, fold, count, activity, stance, score, sure,
                          state, reason, made_at)
SELECT purpose, queue, item_id, fold, count, activity, stance, score, sure, 'open', '', now()
FROM unnest(%b::int[], %b::text[], %b::text[], %b::bigint[], %b::bytea[], %b::text[], %b::text[],
            %b::float8[], %b::bool[])
  AS new (count, purpose, queue, item_id, fold, activity, stance, score, sure)
ON CONFLICT (purpose, queue, fold) DO UPDATE SET count = alerts_alert.count + excluded.count
RETURNING id, purpose, queue, fold
""")

_READ = (
    "pk", "purpose", "fold", "source__kind", "suspect", "stance", "score", "verdict__activities",
)  # fmt: skip


class _Read(NamedTuple):
    """What is asked of an item to know whether somebody must look at it."""

    item: int
    purpose: str
    fold: bytes
    kind: str
    suspect: bool | None
    stance: str
    score: float
    activities: list[dict[str, Any]] | None


class _Raised(NamedTuple):
    """What the alert of an item says."""

    purpose: str
    queue: str
    item: int
    fold: bytes
    activity: str
    stance: str
    score: float
    sure: bool


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
    found = Item.objects.filter(pk__in=list(items)).order_by("pk").values_list(*_READ)
    alike: dict[tuple[str, str, bytes], list[_Raised]] = {}
    for one in filter(None, (_raised(_Read(*row)) for row in found)):
        alike.setdefault((one.purpose, one.queue, one.fold), []).append(one)
    # In the order of all who raise: two that raise the same don't wait in a circle.
    alerts = _alerts([alike[said] for said in sorted(alike)])
    rows = [
        {"purpose": one.purpose, "item_id": one.item, "alert_id": alerts[said]}
        for said, group in alike.items()
        for one in group
    ]
    add_rows(Occurrence, rows)


def _alerts(groups: Sequence[Sequence[_Raised]]) -> dict[tuple[str, str, bytes], int]:
    """The alert of each group of items that say the same; a new one is that of the first."""
    if not groups:
        return {}
    firsts = zip(*(group[0] for group in groups), strict=True)
    rows = ask(_RAISE, [[len(group) for group in groups], *map(list, firsts)])
    return {(purpose, queue, bytes(fold)): number for number, purpose, queue, fold in rows}


def _raised(one: _Read) -> _Raised | None:
    named = [activity["id"] for activity in one.activities or ()]
    queue = queue_of(kind=one.kind, suspect=one.suspect, stance=one.stance, activities=len(named))
    if not queue:
        return None
    sure = queue is Queue.PROTECT or one.suspect is True
    said = (named[0] if named else "", one.stance, one.score, sure)
    return _Raised(one.purpose, queue.value, one.item, bytes(one.fold), *said)


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
    return made
