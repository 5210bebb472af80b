from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """Posts in the house; `rights` says what each may do."""

    ANALYST = "analyst"
    REVIEWER = "reviewer"
    HANDLER = "handler"
    COMPLIANCE = "compliance"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class User(AbstractUser):
    """One of the institution's people."""

    role = models.CharField(max_length=20, choices=Role.choices)
    purposes = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    shown_name = models.CharField(max_length=60, blank=True)
    must_change_password = models.BooleanField(default=False)

    class Meta(AbstractUser.Meta):
        constraints = [models.UniqueConstraint(Lower("username"), name="username_once")]

    def __str__(self) -> str:
        return self.shown_name or self.username


class Alarm(models.Model):
    """Something about a person that the compliance officer should look at; never changed.

    `count` readings against `limit`, for alarms of reading; `event` is the record's last row then.
    """

    class Kind(models.TextChoices):
        REVEALS = "reveals"
        EXPORTS = "exports"
        OWN_PURPOSES = "own-purposes"
        KEYS_TAKEN = "keys-taken"

    class Ground(models.TextChoices):
        HOUR = "hour"
        DAY = "day"
        OWN_PAST = "own-past"
        ROLE_PAST = "role-past"

    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    who = models.CharField(max_length=150)
    count = models.IntegerField(default=0)
    limit = models.IntegerField(default=0)
    event = models.BigIntegerField()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["who", "kind", "-at"])]


class AlarmAnswer(models.Model):
    """What the compliance officer found out about an alarm, which is thereby settled."""

    alarm = models.OneToOneField(Alarm, models.PROTECT, related_name="answer")
    by = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(max_length=500)
