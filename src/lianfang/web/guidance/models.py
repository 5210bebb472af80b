from __future__ import annotations

from django.conf import settings
from django.db import models


class What(models.TextChoices):
    """What a setting sets.

    `switch`: whether a feature counts here. `bounds`: where "clear" and "suspect" begin, for one
    activity or, of "", for all. `least`: the least score of a text that is suspect because of a
    feature.
    """

    SWITCH = "switch"
    BOUNDS = "bounds"
    LEAST = "least"


class Setting(models.Model):
    """One change of what this institution set for itself; the last of a subject stands.

    `of` is the id of a feature or activity, or "" for all. Without values, and after `until`,
    the subject is as it was shipped.
    """

    what = models.CharField(max_length=10, choices=What.choices)
    of = models.CharField(max_length=120, blank=True)
    off = models.BooleanField(default=False)
    clear_below = models.FloatField(null=True)
    suspect_from = models.FloatField(null=True)
    until = models.DateTimeField(null=True)
    why = models.CharField(max_length=300)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["what", "of", "-id"])]

    @property
    def shipped(self) -> bool:
        """Whether it says no more than the shipped guides."""
        return not self.off and self.clear_below is None and self.suspect_from is None
