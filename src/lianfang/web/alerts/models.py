from __future__ import annotations

from django.conf import settings
from django.db import models

from lianfang.web.institution.purposes import Purpose
from lianfang.web.intake.models import Item


class Queue(models.TextChoices):
    """`act`: somebody offends. `protect`: somebody was or may be harmed."""

    ACT = "act"
    PROTECT = "protect"


class State(models.TextChoices):
    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSURE = "unsure"


class Alert(models.Model):
    """Items that say the same, to be looked at once; `item` is the first of them."""

    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    queue = models.CharField(max_length=10, choices=Queue.choices)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    fold = models.BinaryField()
    count = models.IntegerField(default=0)
    activity = models.CharField(max_length=40, blank=True)
    stance = models.CharField(max_length=10)
    score = models.FloatField()
    sure = models.BooleanField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "queue", "fold"], name="alert_once")
        ]
        indexes = [models.Index(fields=["queue", "state", "-sure", "-score", "id"])]


class Occurrence(models.Model):
    """An item of an alert."""

    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="occurrences")
    item = models.OneToOneField(Item, models.PROTECT)


class Decision(models.Model):
    """What somebody decided; taken back by another that names the state before."""

    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="decisions")
    before = models.CharField(max_length=10, choices=State.choices)
    reason_before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=300, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
