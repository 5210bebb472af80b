from __future__ import annotations

from django.db import models


class Event(models.Model):
    """What somebody did, when, from where, and why. Rows are added and never changed."""

    at = models.DateTimeField(auto_now_add=True)
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=60)
    object = models.CharField(max_length=120)
    why = models.CharField(max_length=500, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ("-at", "-id")
        # What is searched by, each in the order of the pages.
        indexes = [
            models.Index(fields=[*searched, "-at", "-id"], name=f"event_{name}")
            for name, searched in {
                "at": [], "who": ["who"], "what": ["what"], "object": ["object"],
                "address": ["address"],
            }.items()
        ]  # fmt: skip
