"""Secrets of webhooks, put under the master key in use."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from lianfang.evidence.sealing import seal_value, unseal_value, value_start
from lianfang.web.clients.models import Endpoint
from lianfang.web.clients.services import CONTEXT


@transaction.atomic
def seal_secrets_anew() -> int:
    """Seal under the master key in use what isn't; return how many rows were changed."""
    keys = settings.DEPLOYMENT.keys
    start, changed = value_start(keys.in_use), 0
    for one in Endpoint.objects.select_for_update():
        if not bytes(one.secret).startswith(start):
            secret = unseal_value(one.secret, keys=keys, context=CONTEXT)
            one.secret = seal_value(secret, keys=keys, context=CONTEXT)
            one.save(update_fields=["secret"])
            changed += 1
    return changed
