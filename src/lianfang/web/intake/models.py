from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from lianfang.web.institution.purposes import Purpose
from lianfang.web.vault.models import Original

LONGEST_NAME = 120
"""Characters of a source's name."""


class Kind(models.TextChoices):
    """What the texts of a source are."""

    POST = "post"
    MESSAGE = "message"
    CALL = "call"
    LETTER = "letter"


class Source(models.Model):
    """Where texts come from, for which purpose and on which legal basis: asked once."""

    name = models.CharField(max_length=LONGEST_NAME)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    basis = models.CharField(max_length=300)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["name", "purpose"], name="source_once")]

    def __str__(self) -> str:
        return self.name


class Profile(models.Model):
    """What the columns of a source's files mean; never changed, the last of a header counts.

    `header` is a keyed digest of the columns' names, since a first row may be somebody's words;
    `fields` says for each column in turn what it holds, "" for nothing that is read.
    """

    source = models.ForeignKey(Source, models.PROTECT)
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    header = models.BinaryField()
    fields = ArrayField(models.CharField(max_length=20, blank=True))
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["source", "header"])]


class State(models.TextChoices):
    """How far a delivery is; `mapping`: somebody must say what its columns mean."""

    WAITING = "waiting"
    MAPPING = "mapping"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


UNENDED = (State.WAITING, State.RUNNING)
"""A worker has it before it, or in hand."""


class Delivery(models.Model):
    """One file of a source. `done_row` is the last row that is kept or refused for good.

    An archive's rows are its members: each becomes a delivery that names it as `archive`. A file
    of mended rows names the delivery that it `repairs`.
    """

    source = models.ForeignKey(Source, models.PROTECT)
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    original = models.OneToOneField(Original, models.PROTECT)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done_row = models.BigIntegerField(default=0)
    share = models.FloatField(default=0)
    added = models.IntegerField(default=0)
    repeated = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    suspect = models.IntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    repairs = models.ForeignKey("self", models.PROTECT, null=True, related_name="repaired_by")
    archive = models.ForeignKey("self", models.PROTECT, null=True, related_name="members")

    class Meta:
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["source", "sha256"], name="file_once")]


class Mapping(models.Model):
    """That a delivery is read by a profile; the last of a delivery counts."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="mappings")
    profile = models.ForeignKey(Profile, models.PROTECT)
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)


class RefusedRow(models.Model):
    """A row that can't be used, and why; what it says stays in the original."""

    delivery = models.ForeignKey(
        Delivery, models.CASCADE, related_name="refused_rows", db_index=False
    )
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    row = models.BigIntegerField()
    column = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300)
    what_to_do = models.CharField(max_length=300)

    class Meta:
        ordering = ("row",)
        indexes = [models.Index(fields=["delivery", "row"])]


class Item(models.Model):
    """One text, tokens in place of personal values, and what screening said of it.

    `said` and `bigrams` are for searches (see `bigrams`); `database.functions` reads them.
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, db_index=False)
    source = models.ForeignKey(Source, models.PROTECT, db_index=False)
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    row = models.BigIntegerField()
    key = models.BinaryField()
    fold = models.BinaryField()
    text = models.TextField()
    said = models.TextField()
    bigrams = ArrayField(models.IntegerField())
    platform = models.CharField(max_length=120, blank=True)
    account = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    published = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    suspect = models.BooleanField(null=True)
    stance = models.CharField(max_length=10)
    score = models.FloatField()
    verdict = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="item_once")]
        indexes = [
            GinIndex(fields=["bigrams"], name="item_bigrams"),
            models.Index(fields=["delivery", "id"]),
        ]
