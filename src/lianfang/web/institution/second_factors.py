"""Secrets of second factors, put under the master key in use."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from lianfang.evidence.sealing import VALUE_MAGIC, value_start
from lianfang.web.institution.adapter import SecondFactor


def seal_factors_anew() -> int:
    """Seal under the master key in use what isn't; return how many rows were changed."""
    return sum(_anew(number) for number in Authenticator.objects.values_list("pk", flat=True))


@transaction.atomic
def _anew(number: int) -> bool:
    # Locked: the site changes the same row when a recovery code is used.
    row = Authenticator.objects.select_for_update().filter(pk=number).first()
    if row is None:
        return False
    made = {name: _sealed_anew(value) for name, value in row.data.items()}
    changed: bool = made != row.data
    if changed:
        row.data = made
        row.save(update_fields=["data"])
    return changed


def _sealed_anew(value: Any) -> Any:  # noqa: ANN401  what JSON may hold
    start = value_start(settings.DEPLOYMENT.keys.in_use).hex()
    if not isinstance(value, str) or not value.startswith(VALUE_MAGIC.hex()):
        return value
    factor = SecondFactor()
    return value if value.startswith(start) else factor.encrypt(factor.decrypt(value))
