"""Unusual reading: at each reading, how many one person made is held against what is usual.

Three measures, the plain ones first:

- a ceiling for an hour and for a day, the same for everybody;
- the person's own past: three times a busy day (the ninth decile of the days of the last four
  weeks on which anything was read), once there are five such days;
- otherwise the past of the others of the same role, in the same way.

A few readings are never unusual, whatever the past. An alarm isn't repeated within a day unless the
count has doubled since.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from lianfang.web.core.events import kinds
from lianfang.web.core.models import Event
from lianfang.web.institution.models import Alarm, User

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

HOUR, DAY, PAST = timedelta(hours=1), timedelta(days=1), timedelta(days=28)
LEAST_DAYS = 5
TIMES = 3


class Limits(NamedTuple):
    """How many readings are too many.

    Attributes:
        hour, day: ceilings for everybody.
        few: so many a day are never unusual.
    """

    hour: int
    day: int
    few: int


class Unusual(NamedTuple):
    """How many were read, the limit that this passed, and which measure set the limit."""

    read: int
    limit: int
    ground: Alarm.Ground


LIMITS = {
    Alarm.Kind.REVEALS: Limits(hour=40, day=150, few=10),
    Alarm.Kind.EXPORTS: Limits(hour=5, day=15, few=3),
}
ENDINGS = {".reveal": Alarm.Kind.REVEALS, ".export": Alarm.Kind.EXPORTS}


def watch(*, number: int, who: str, what: str) -> None:
    """Raise an alarm where an event that was just recorded is one reading too many."""
    kind = next((kind for end, kind in ENDINGS.items() if what.endswith(end)), None)
    if kind is None:
        return
    found = unusual(who=who, kind=kind, now=timezone.now())
    if found and not _told(who, kind, found.read):
        Alarm.objects.create(
            kind=kind,
            who=who,
            ground=found.ground,
            count=found.read,
            limit=found.limit,
            event=number,
        )


def unusual(*, who: str, kind: Alarm.Kind, now: datetime) -> Unusual | None:
    """What is unusual about a person's readings until now, if anything is."""
    limits = LIMITS[kind]
    lately = _readings(kind).filter(who=who, at__gt=now - DAY)
    counts = lately.aggregate(day=Count("id"), hour=Count("id", filter=Q(at__gt=now - HOUR)))
    if counts["hour"] > limits.hour:
        return Unusual(counts["hour"], limits.hour, Alarm.Ground.HOUR)
    if counts["day"] > limits.day:
        return Unusual(counts["day"], limits.day, Alarm.Ground.DAY)
    if counts["day"] <= limits.few:
        return None
    return _against_the_past(who, kind, now, counts["day"])


def _against_the_past(who: str, kind: Alarm.Kind, now: datetime, count: int) -> Unusual | None:
    past = _readings(kind).filter(at__gt=now - PAST, at__lte=now - DAY)
    role = User.objects.filter(username=who).values("role")[:1]
    others = User.objects.filter(role__in=role).exclude(username=who).values("username")
    for ground, readings in (
        (Alarm.Ground.OWN_PAST, past.filter(who=who)),
        (Alarm.Ground.ROLE_PAST, past.filter(who__in=others)),
    ):
        days = _days(readings)
        if len(days) >= LEAST_DAYS:
            limit = max(LIMITS[kind].few, TIMES * days[9 * (len(days) - 1) // 10])
            return Unusual(count, limit, ground) if count > limit else None
    return None


def _readings(kind: Alarm.Kind) -> QuerySet[Event]:
    [ending] = [end for end, one in ENDINGS.items() if one == kind]
    meant = [what for what in kinds() if what.endswith(ending)]
    return Event.objects.filter(what__in=meant).order_by()


def _days(readings: QuerySet[Event]) -> list[int]:
    """How many each person read on each day, the quietest day first."""
    days = readings.values("who", day=TruncDate("at")).annotate(n=Count("id"))
    return sorted(days.values_list("n", flat=True))


def _told(who: str, kind: Alarm.Kind, count: int) -> bool:
    since = timezone.now() - DAY
    return Alarm.objects.filter(who=who, kind=kind, at__gt=since, count__gt=count // 2).exists()
