from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Token(models.Model):
    """Lets a program in, on the account of who made it. Of the secret only a digest is kept.

    `begins` is the beginning of the secret, by which people tell tokens apart.
    """

    name = models.CharField(max_length=60)
    begins = models.CharField(max_length=12)
    digest = models.BinaryField(unique=True)
    scopes = ArrayField(models.CharField(max_length=30))
    purposes = ArrayField(models.CharField(max_length=30))
    per_minute = models.IntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_from = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class Pace(models.Model):
    """Requests of a token, or failures of an address, since a minute began."""

    key = models.CharField(max_length=60, primary_key=True)
    used = models.IntegerField()
    ends = models.DateTimeField()


class Answer(models.Model):
    """What was answered to a request with an idempotency key, to be answered again.

    `request` is a keyed digest of what was sent, `object` the number of what was made of it.
    """

    token = models.ForeignKey(Token, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    request = models.BinaryField()
    object = models.BigIntegerField(null=True)
    repeated = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answer_once")]
        indexes = [models.Index(fields=["at"])]


class Endpoint(models.Model):
    """An address that is told of events of some purposes; its secret is sealed."""

    url = models.CharField(max_length=500)
    events = ArrayField(models.CharField(max_length=30))
    purposes = ArrayField(models.CharField(max_length=30))
    secret = models.BinaryField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)


class Notice(models.Model):
    """One event for one endpoint; `object` is a number, of what the event is about."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    endpoint = models.ForeignKey(Endpoint, models.PROTECT, related_name="notices")
    event = models.CharField(max_length=30)
    object = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)


class Attempt(models.Model):
    """One try to send a notice: what was answered, or why nothing was."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="attempts")
    at = models.DateTimeField(auto_now_add=True)
    status = models.IntegerField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    took_ms = models.IntegerField()

    class Meta:
        ordering = ("-id",)
