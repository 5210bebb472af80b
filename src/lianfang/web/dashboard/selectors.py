"""What the charts show, counted in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, Count, F, FloatField, Q
from django.db.models.functions import Extract, TruncWeek
from django.utils import timezone

from lianfang.web.alerts.models import Alert, State
from lianfang.web.dashboard.models import Sighting
from lianfang.web.dashboard.moments import BEIJING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from lianfang.web.dashboard.period import Days

MOST = 100
"""Pairs of a name and a queue that are read: names come from outside, and may be many."""


class Counted(NamedTuple):
    """How many alerts of a queue share something, say an activity."""

    what: str
    queue: str
    number: int


class Quartiles(NamedTuple):
    """Hours: a quarter took less than `low`, half less than `median`, three quarters `high`."""

    low: float
    median: float
    high: float


class Timed(NamedTuple):
    """How long something took with alerts of a week (its Monday) and queue.

    Attributes:
        number: of alerts of which that is known.
        hours: what it took.
    """

    week: date
    queue: str
    number: int
    hours: Quartiles | None


class Seen(NamedTuple):
    """Alerts of a week and queue, and how long after publication they came up.

    Attributes:
        number: of all.
        untold, unread, late: of so many the time isn't known: the source told none, none that
            can be read, or one after the alert.
        after: of the others.
    """

    week: date
    queue: str
    number: int
    untold: int
    unread: int
    late: int
    after: Timed


class _Quartiles(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(ARRAY[.25, .5, .75]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = ArrayField(FloatField())


def by_activity(days: Days) -> list[Counted]:
    """Alerts by activity ("" where none is named) and queue, the most frequent first."""
    return _counted(days, "activity")


def by_platform(days: Days) -> list[Counted]:
    """Alerts by platform as the source calls it ("" where it tells none), likewise."""
    return _counted(days, "platform")


def by_week(days: Days) -> list[Seen]:
    """Alerts by week and queue, with their times since publication."""
    known = Q(published_at__lte=F("made_at"))
    rows = _weekly(_of(Sighting.objects.all(), days)).annotate(
        number=Count("pk"),
        untold=Count("pk", filter=Q(told=False)),
        unread=Count("pk", filter=Q(told=True, published_at=None)),
        late=Count("pk", filter=Q(published_at__gt=F("made_at"))),
        known=Count("pk", filter=known),
        seconds=_Quartiles(_seconds("published_at", "made_at"), filter=known),
    )
    return [
        Seen(week.date(), queue, number, untold, unread, late, _timed(week, queue, *after))
        for week, queue, number, untold, unread, late, *after in rows
    ]


def decided(days: Days) -> list[Timed]:
    """Of the alerts of some days those that are decided by now, by week of the alert and queue."""
    done = Q(decided_at__gte=F("made_at")) & ~Q(state=State.OPEN)
    rows = _weekly(_of(Alert.objects.filter(done), days)).annotate(
        number=Count("pk"), seconds=_Quartiles(_seconds("made_at", "decided_at"))
    )
    return [_timed(*row) for row in rows]


def waiting(ages: Sequence[Days]) -> dict[str, list[int]]:
    """How many alerts of each queue are open and not put off, by the days they came up on."""
    of_age = {
        f"age_{i}": Count("pk", filter=Q(made_at__gte=one.start, made_at__lt=one.end))
        for i, one in enumerate(ages)
    }
    due = Q(snoozed_until=None) | Q(snoozed_until__lte=timezone.now())
    rows = Alert.objects.filter(due, state=State.OPEN).values_list("queue").annotate(**of_age)
    return {queue: numbers for queue, *numbers in rows.order_by()}


def _counted(days: Days, what: str) -> list[Counted]:
    rows = _of(Sighting.objects.all(), days).values_list(what, "queue").annotate(n=Count("pk"))
    return [Counted(*row) for row in rows.order_by("-n", what)[:MOST]]


def _of(rows: QuerySet[Any], days: Days) -> QuerySet[Any]:
    return rows.filter(made_at__gte=days.start, made_at__lt=days.end)


def _weekly(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    named: QuerySet[Any, Any] = rows.annotate(week=TruncWeek("made_at", tzinfo=BEIJING))
    return named.values_list("week", "queue").order_by("week", "queue")


def _seconds(since: str, until: str) -> Extract:
    return Extract(F(until) - F(since), "epoch")


def _timed(week: datetime, queue: str, number: int, seconds: list[float] | None) -> Timed:
    hours = Quartiles(*(one / 3600 for one in seconds)) if seconds else None
    return Timed(week.date(), queue, number, hours)
