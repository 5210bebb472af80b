from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from lianfang.web.institution.purposes import Purpose
from lianfang.web.intake.models import Item, Kind, Source


class Queue(models.TextChoices):
    """`act`: somebody offends. `protect`: somebody was or may be harmed."""

    ACT = "act"
    PROTECT = "protect"


class State(models.TextChoices):
    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSURE = "unsure"


UNDECIDED = (State.OPEN, State.UNSURE)
"""States in which an alert is somebody's work; the others can't be assigned or put off."""


class Alert(models.Model):
    """Items that say the same, to be looked at once; `item` is the first of them.

    `source`, `kind` and `platform` are the first item's, here for the filters' sake. `version`
    grows with each change, so that whoever decides what another has just decided is told.
    """

    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    queue = models.CharField(max_length=10, choices=Queue.choices)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    platform = models.CharField(max_length=120, blank=True)
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
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    snoozed_until = models.DateTimeField(null=True)
    version = models.IntegerField(db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "queue", "fold"], name="alert_once")
        ]
        indexes = [
            models.Index(
                fields=["queue", "state", "sure", "score", "id"], name="alert_state_severity"
            ),
            models.Index(fields=["queue", "state", "made_at", "id"], name="alert_state_age"),
            models.Index(fields=["queue", "sure", "score", "id"], name="alert_severity"),
            models.Index(fields=["queue", "made_at", "id"], name="alert_age"),
            models.Index(
                fields=["queue", "activity", "sure", "score", "id"], name="alert_activity"
            ),
            models.Index(fields=["queue", "source", "sure", "score", "id"], name="alert_source"),
            models.Index(
                fields=["queue", "platform", "sure", "score", "id"], name="alert_platform"
            ),
            models.Index(
                fields=["assigned_to", "queue"],
                condition=Q(assigned_to__isnull=False),
                name="alert_assigned",
            ),
            models.Index(
                fields=["queue", "snoozed_until"],
                condition=Q(snoozed_until__isnull=False),
                name="alert_snoozed",
            ),
        ]


class Occurrence(models.Model):
    """An item of an alert."""

    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="occurrences")
    item = models.OneToOneField(Item, models.PROTECT)


class Deed(models.TextChoices):
    """What somebody does with an alert."""

    DECIDE = "decide"
    ASSIGN = "assign"
    SNOOZE = "snooze"


class Decision(models.Model):
    """What somebody did with an alert: how it stood before, and how after.

    Taken back by another that names how it stood before. Those made in one go name the first of
    them as their `head`.
    """

    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="decisions")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    before = models.CharField(max_length=10, choices=State.choices)
    reason_before = models.CharField(max_length=300, blank=True)
    assigned_before = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    snoozed_before = models.DateTimeField(null=True)
    after = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=300, blank=True)
    assigned_after = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    snoozed_after = models.DateTimeField(null=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone")
    head = models.ForeignKey("self", models.PROTECT, null=True, related_name="others")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)


class Sketch(models.Model):
    """A part of what a decided alert's text looks like; near texts share some (`near`)."""

    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="+")
    band = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["band", "alert"], name="sketch_once")]


class SavedFilter(models.Model):
    """A filter of the queue under a name, for its owner or for all colleagues."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=4000)
    shared = models.BooleanField()
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name", "id")
