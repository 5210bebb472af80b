from __future__ import annotations

from django.db import models

from lianfang.web.alerts.models import Alert, Queue
from lianfang.web.institution.purposes import Purpose


class Sighting(models.Model):
    """What of an alert never changes, in one narrow row: charts count these, and join nothing.

    `published_at` is when its first item was published, where the source told so readably;
    `told` is whether it told anything.
    """

    alert = models.OneToOneField(Alert, models.CASCADE, primary_key=True, related_name="+")
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    queue = models.CharField(max_length=10, choices=Queue.choices)
    activity = models.CharField(max_length=40, blank=True)
    platform = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    told = models.BooleanField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["purpose", "made_at"],
                include=["queue", "activity", "platform", "told", "published_at"],
                name="sighting_period",
            )
        ]
