"""What the queue and the page of an alert show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count

from lianfang.web.alerts.models import Alert, Queue, State

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Asked(NamedTuple):
    """A filter of the queue; "" asks for all."""

    queue: str = Queue.ACT
    state: str = State.OPEN
    activity: str = ""
    kind: str = ""


def alerts(asked: Asked) -> QuerySet[Alert]:
    """Alerts of a filter, the surest first."""
    found = Alert.objects.filter(queue=asked.queue).select_related("item__source")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.activity:
        found = found.filter(activity=asked.activity)
    if asked.kind:
        found = found.filter(item__source__kind=asked.kind)
    return found.order_by("-sure", "-score", "id")


def following(asked: Asked, alert: Alert) -> Alert | None:
    """The next alert of the filter after this one, or the first."""
    found = alerts(asked).exclude(pk=alert.pk)
    later = found.filter(sure=alert.sure, score__lt=alert.score) | found.filter(
        sure=alert.sure, score=alert.score, pk__gt=alert.pk
    )
    if alert.sure:
        later |= found.filter(sure=False)
    return later.first() or found.first()


def counts() -> dict[tuple[str, str], int]:
    """How many alerts each queue has in each state."""
    rows = Alert.objects.values_list("queue", "state").annotate(n=Count("id")).order_by()
    return {(queue, state): number for queue, state, number in rows}


def activities(queue: str) -> list[tuple[str, int]]:
    """Activities of the open alerts of a queue, the most frequent first."""
    rows = Alert.objects.filter(queue=queue, state=State.OPEN).exclude(activity="")
    named = rows.values_list("activity").annotate(n=Count("id")).order_by("-n", "activity")
    return [(activity, number) for activity, number in named]
