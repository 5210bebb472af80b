"""Purposes of collection. What is gathered for one serves no other (反电信网络诈骗法 16, 18)."""

from __future__ import annotations

from django.db import models


class Purpose(models.TextChoices):
    """Why a record is held; rows of one are closed to sessions of the others."""

    GOVERNANCE = "governance"
    FRAUD = "anti-telecom-fraud"
    COMPLAINTS = "complaints"


ALL_PURPOSES = tuple(purpose.value for purpose in Purpose)
