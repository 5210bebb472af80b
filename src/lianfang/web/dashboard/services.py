"""Alerts are noted for the charts as they come up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.web.alerts.models import Alert
from lianfang.web.dashboard.models import Sighting
from lianfang.web.dashboard.moments import moment

if TYPE_CHECKING:
    from collections.abc import Collection


def note(*, alerts: Collection[int]) -> None:
    """Note alerts by their numbers; those that are noted stay."""
    raised = Alert.objects.filter(pk__in=alerts).select_related("item")
    new = raised.only("purpose", "queue", "activity", "platform", "made_at", "item__published")
    Sighting.objects.bulk_create(map(_sighting, new), ignore_conflicts=True)


def _sighting(alert: Alert) -> Sighting:
    written = alert.item.published
    return Sighting(
        alert=alert,
        purpose=alert.purpose,
        queue=alert.queue,
        activity=alert.activity,
        platform=alert.platform,
        made_at=alert.made_at,
        told=bool(written.strip()),
        published_at=moment(written),
    )
