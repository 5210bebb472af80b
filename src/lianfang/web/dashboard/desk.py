"""What waits for somebody, as the home page tells it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from lianfang.web.alerts.models import UNDECIDED, Alert
from lianfang.web.intake.models import Delivery, State

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lianfang.web.institution.models import User

SHOWN = 5
STUCK = (State.FAILED, State.MAPPING)
STUCK_DAYS = 14
"""For so long a delivery that failed is somebody's concern."""


def assigned(user: User) -> dict[str, int]:
    """How many undecided alerts of each queue are somebody's."""
    mine = Alert.objects.filter(assigned_to=user, state__in=UNDECIDED)
    return dict(mine.values_list("queue").annotate(n=Count("pk")).order_by())


def put_off() -> QuerySet[Alert]:
    """Alerts that were put off, those that come back first."""
    later = Alert.objects.filter(snoozed_until__gt=timezone.now())
    return later.select_related("assigned_to").order_by("snoozed_until", "pk")[:SHOWN]


def stuck() -> QuerySet[Delivery]:
    """Deliveries of late that failed, or wait for somebody to say what their columns hold."""
    since = timezone.now() - timedelta(days=STUCK_DAYS)
    late = Delivery.objects.filter(state__in=STUCK, made_at__gte=since)
    return late.select_related("source", "original").order_by("-pk")[:SHOWN]
