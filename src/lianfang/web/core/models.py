from __future__ import annotations

from django.db import models


class Event(models.Model):
    """What somebody did, when, from where, and why. Rows are added and never changed."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    who = models.CharField(max_length=150, db_index=True)
    what = models.CharField(max_length=60, db_index=True)
    object = models.CharField(max_length=120)
    why = models.CharField(max_length=500, blank=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ("-id",)
