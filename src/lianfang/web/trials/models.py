from __future__ import annotations

from django.conf import settings
from django.db import models

from lianfang.web.alerts.models import Alert
from lianfang.web.institution.purposes import Purpose
from lianfang.web.intake.models import Item


class Firing(models.Model):
    """A feature fired in the first text of an alert: what is counted when alerts are decided."""

    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    alert = models.ForeignKey(Alert, models.PROTECT, related_name="+")
    feature = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feature", "alert"], name="firing_once"),
        ]


class Draft(models.Model):
    """A feature as somebody would have it; each saving is a row of its own."""

    feature = models.CharField(max_length=120)
    number = models.IntegerField()
    text = models.TextField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["feature", "by", "number"], name="draft_once")
        ]


class State(models.TextChoices):
    """How far a run is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Run(models.Model):
    """A draft run in shadow over the texts of one purpose since a day, the newest first.

    `first_item` and `last_item` bound them; those from `next_item` on are done.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="runs")
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    since = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    first_item = models.BigIntegerField(null=True)
    last_item = models.BigIntegerField(null=True)
    next_item = models.BigIntegerField(null=True)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    fired_before = models.IntegerField(default=0)
    fired_after = models.IntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    @property
    def share(self) -> float:
        """Of the texts that are done, 0 to 1."""
        return self.done / self.total if self.total else float(self.state == State.DONE)

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state not in (State.WAITING, State.RUNNING)


class Kind(models.TextChoices):
    """What changes of a text; the first that holds.

    `suspect`: newly suspect. `cleared`: no longer suspect. `raised`: was clear, now somebody must
    look. `dropped`: nobody need look any more. Else its stance, or what it is about.
    """

    SUSPECT = "suspect"
    CLEARED = "cleared"
    RAISED = "raised"
    DROPPED = "dropped"
    STANCE = "stance"
    ACTIVITY = "activity"


class Change(models.Model):
    """A text of which a draft says something else; `lost` where an alert to act on goes with it.

    `before` and `after` hold suspect, stance, activity, score, queue and the spans of the feature.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="changes")
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    lost = models.BooleanField()
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["run", "item"], name="change_once")]
        indexes = [models.Index(fields=["run", "kind", "id"])]
