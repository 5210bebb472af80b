"""What the queue and the page of an alert show."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils import timezone
from psycopg import sql

from lianfang.web.alerts.filters import MINE, NOBODY, SNOOZED, STATES
from lianfang.web.alerts.models import UNDECIDED, Alert, Queue
from lianfang.web.institution.models import User
from lianfang.web.institution.rights import RIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from lianfang.web.alerts.filters import Asked

MOST_COUNTED = 1000
"""Alerts of a state are counted so far: nobody's day depends on which thousand it is."""

_ORDERS: dict[str, tuple[tuple[str, ...], bool]] = {
    "severity": (("sure", "score", "id"), True),
    "newest": (("made_at", "id"), True),
    "oldest": (("made_at", "id"), False),
}
"""Fields, all in one direction so that an index leads from any alert to the next; and whether
downwards."""

# A question of each state, since how many rows it has decides on the index.
_COUNT = """
SELECT {queue}, {state}, count(*) FROM (
    SELECT FROM alerts_alert WHERE queue = {queue} AND {where} LIMIT {most}) found
"""
# The orders are those of indexes. Left to itself the server takes those that are open to lie
# everywhere, and reads past all that are decided.
_IN_STATE = """
state = {state} AND (snoozed_until IS NULL OR snoozed_until <= now()) ORDER BY made_at DESC
"""
_PUT_OFF = "snoozed_until > now() ORDER BY snoozed_until"


_SHOWN = (
    "queue", "kind", "activity", "stance", "score", "sure", "count", "state", "version", "made_at",
    "snoozed_until", "assigned_to__username", "assigned_to__shown_name", "item__text",
    "item__source__name",
)  # fmt: skip
"""What a list shows of an alert: to read what it doesn't takes longer than to ask."""


class Page(NamedTuple):
    """Some alerts of a filter, and whether there are others before and after them."""

    alerts: list[Alert]
    earlier: bool
    later: bool


def alerts(asked: Asked, user: User) -> QuerySet[Alert]:
    """Alerts of a filter, in its order."""
    found = Alert.objects.filter(queue=asked.queue).filter(_in_state(asked.state))
    for field in ("activity", "source", "kind", "platform"):
        if value := getattr(asked, field):
            found = found.filter(**{field: value})
    if asked.sure:
        found = found.filter(sure=asked.sure == "yes")
    if asked.least:
        found = found.filter(score__gte=float(asked.least))
    if asked.who:
        found = found.filter(_assigned(asked.who, user))
    return _ordered(found.filter(_raised(asked)), asked.order)


def page(asked: Asked, user: User, *, size: int, after: int = 0, before: int = 0) -> Page:
    """Some alerts of a filter: the first ones, or those next to an alert.

    Each has `features`, those of its verdict, which is left where it is.
    """
    listed = alerts(asked, user).select_related("item__source", "assigned_to")
    listed = listed.only(*_SHOWN)
    base: QuerySet[Alert] = listed.annotate(features=F("item__verdict__features"))
    beside = Alert.objects.filter(pk=after or before).first() if after or before else None
    if beside is None:
        found = list(base[: size + 1])
        return Page(found[:size], earlier=False, later=len(found) > size)
    found = list(_beside(base, asked.order, beside, back=not after)[: size + 1])
    more, found = len(found) > size, found[:size]
    return Page(found, True, more) if after else Page(found[::-1], more, True)


def beside(asked: Asked, user: User, alert: Alert) -> dict[str, int]:
    """Numbers of the alerts of the filter beside this one: `before` and `next`, where they are."""
    found = alerts(asked, user)
    one, other = (
        _beside(found, asked.order, alert, back=back)
        .annotate(side=Value(side))
        .values_list("side", "pk")[:1]
        for side, back in (("before", True), ("next", False))
    )
    return dict(one.union(other, all=True))


def counts(queues: Iterable[str] = tuple(Queue.values)) -> dict[tuple[str, str], int]:
    """How many alerts each queue has in each of `STATES`; `MOST_COUNTED` + 1 stands for more."""
    asked = [_counting(queue, state) for queue in queues for state in STATES]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(asked))
        return {(queue, state): number for queue, state, number in cursor.fetchall()}


def deciders(purposes: Iterable[str]) -> QuerySet[User]:
    """Those who may decide alerts of any of these purposes."""
    roles = [role for role, rights in RIGHTS.items() if "alerts.decide" in rights]
    found = User.objects.filter(is_active=True, role__in=roles, purposes__overlap=list(purposes))
    return found.order_by("shown_name", "username")


def _counting(queue: str, state: str) -> sql.Composed:
    told = {"queue": sql.Literal(queue), "state": sql.Literal(state)}
    where = sql.SQL(_PUT_OFF if state == SNOOZED else _IN_STATE).format(**told)
    return sql.SQL(_COUNT).format(**told, where=where, most=sql.Literal(MOST_COUNTED + 1))


def _in_state(state: str) -> Q:
    put_off = Q(snoozed_until__gt=timezone.now())
    if state == SNOOZED:
        return put_off
    if state in UNDECIDED:
        return Q(state=state) & (Q(snoozed_until=None) | Q(snoozed_until__lte=timezone.now()))
    return Q(state=state) if state else Q()


def _assigned(who: str, user: User) -> Q:
    if who == NOBODY:
        return Q(assigned_to=None)
    return Q(assigned_to=user.pk if who == MINE else int(who))


def _raised(asked: Asked) -> Q:
    within = Q()
    if asked.age:
        within &= Q(made_at__gte=timezone.now() - timedelta(days=int(asked.age)))
    if asked.since:
        within &= Q(made_at__gte=_start(date.fromisoformat(asked.since)))
    if asked.until:
        # Whatever falls on the last of all days falls before the end of time, too.
        day = min(date.fromisoformat(asked.until), date.max - timedelta(days=2))
        within &= Q(made_at__lt=_start(day + timedelta(days=1)))
    return within


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _ordered(found: QuerySet[Alert], order: str, *, back: bool = False) -> QuerySet[Alert]:
    fields, down = _ORDERS[order]
    return found.order_by(*(f"-{field}" if down != back else field for field in fields))


def _beside(
    found: QuerySet[Alert], order: str, alert: Alert, *, back: bool = False
) -> QuerySet[Alert]:
    """Those after an alert in the order of the filter, or those before it backwards."""
    fields, down = _ORDERS[order]
    values: Any = tuple(getattr(alert, field) for field in fields)
    lookup = TupleLessThan if down != back else TupleGreaterThan
    beside = lookup(Tuple(*map(F, fields)), values)
    return _ordered(found, order, back=back).filter(beside)
