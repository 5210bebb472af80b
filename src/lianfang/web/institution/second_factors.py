"""Secrets of second factors, put under the master key in use."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from lianfang.evidence.sealing import value_start
from lianfang.web.institution.adapter import SecondFactor

SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
"""What of its data each kind of factor keeps sealed."""


def seal_factors_anew() -> int:
    """Seal under the master key in use what isn't; return how many rows were changed."""
    found = Authenticator.objects.filter(type__in=list(SEALED))
    return sum(_anew(number) for number in found.values_list("pk", flat=True))


@transaction.atomic
def _anew(number: int) -> bool:
    # Locked: the site changes the same row when a recovery code is used.
    row = Authenticator.objects.select_for_update().filter(pk=number).first()
    start = value_start(settings.DEPLOYMENT.keys.in_use).hex()
    if row is None or (sealed := row.data[SEALED[row.type]]).startswith(start):
        return False
    factor = SecondFactor()
    row.data[SEALED[row.type]] = factor.encrypt(factor.decrypt(sealed))
    row.save(update_fields=["data"])
    return True
