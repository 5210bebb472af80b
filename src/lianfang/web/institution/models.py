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

    class Meta(AbstractUser.Meta):
        constraints = [models.UniqueConstraint(Lower("username"), name="username_once")]

    def __str__(self) -> str:
        return self.shown_name or self.username
