from __future__ import annotations

from django.db import models

from lianfang.web.institution.purposes import Purpose


class Original(models.Model):
    """One arrival of some bytes: what they are, whence, when and through whom they came.

    The bytes themselves lie encrypted under their SHA-256; two arrivals may share them.
    """

    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    name = models.CharField(max_length=255)
    source = models.CharField(max_length=120)
    basis = models.CharField(max_length=300)
    who = models.CharField(max_length=150)
    tool = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"])]


class PersonalValue(models.Model):
    """A personal value of one purpose: sealed, and found by a keyed index of that purpose."""

    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    kind = models.CharField(max_length=20)
    index = models.BinaryField()
    key_version = models.SmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "kind", "key_version", "index"], name="value_once"
            )
        ]
