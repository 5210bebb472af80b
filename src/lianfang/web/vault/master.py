"""A new master key: what lies under the old one is put under it while all else goes on.

1. The new key is added and in use at once, while nobody holds the keys. From then on all seal
   under it.
2. Originals get a new header; personal values, second factors and secrets of webhooks get a new
   seal, one by one.
3. The old key is retired when nothing is under it any more.

Killed at any moment it's taken up where it was by the next call. Run by the owner.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec
from django.conf import settings
from django.db import connection, transaction
from django.db.models import BinaryField, Func, Value

from lianfang.evidence.sealing import value_start
from lianfang.web.clients.secrets import seal_secrets_anew
from lianfang.web.core.audit import record
from lianfang.web.database.locks import keys_at_rest, only_rotation
from lianfang.web.database.seeing import seeing
from lianfang.web.institution.purposes import ALL_PURPOSES
from lianfang.web.institution.second_factors import seal_factors_anew
from lianfang.web.secret_file import new_key
from lianfang.web.vault.models import PersonalValue
from lianfang.web.vault.rotation import BATCH, WHO
from lianfang.web.vault.values import sealed_anew

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lianfang.web.secret_file import Secrets
    from lianfang.web.vault.rotation import Told

SETTLE_SECONDS = 3.0
"""A request that took a second factor's secret under the old key has written it by then."""

_SEAL = """
UPDATE vault_personalvalue v SET sealed = n.sealed
FROM unnest(%s::bigint[], %s::bytea[]) AS n (id, sealed) WHERE v.id = n.id
"""


def rotate_master(*, told: Told) -> bool:
    """Put everything under a new master key; False if it finished what was begun before.

    Raises:
        RotatingError: keys are being rotated, or a copy is being taken.
        SealError: something doesn't open; the old key stays.
    """
    with only_rotation(), seeing(ALL_PURPOSES):
        new = len(settings.DEPLOYMENT.secrets.masters) == 1
        if new:
            _begin()
        _seal_all(told)
        time.sleep(SETTLE_SECONDS)
        while _seal_all(told):
            time.sleep(SETTLE_SECONDS)
        settings.DEPLOYMENT.change_secrets(_retired)
        record(who=WHO, what="key.retire", object_="master")
    return new


def _begin() -> None:
    with keys_at_rest():
        record(who=WHO, what="key.rotate", object_="master")
        settings.DEPLOYMENT.change_secrets(_added)


def _added(now: Secrets) -> Secrets:
    name = str(max(map(int, now.masters)) + 1)
    masters = now.masters | {name: new_key()}
    return msgspec.structs.replace(now, masters=masters, master=name)


def _retired(now: Secrets) -> Secrets:
    return msgspec.structs.replace(now, masters={now.master: now.masters[now.master]})


def _seal_all(told: Told) -> int:
    """Put under the key in use what isn't; return how many things weren't."""
    return _originals(told) + _values(told) + seal_factors_anew() + seal_secrets_anew()


def _originals(told: Told) -> int:
    originals = settings.DEPLOYMENT.originals
    names, changed = list(originals.names()), 0
    for done, name in enumerate(names, 1):
        changed += originals.rewrap(name)
        told("originals", done, len(names))
    return changed


def _values(told: Told) -> int:
    start = value_start(settings.DEPLOYMENT.keys.in_use)
    place = Value(1), Value(len(start))
    begins = Func("sealed", *place, function="substring", output_field=BinaryField())
    old = PersonalValue.objects.alias(begins=begins).exclude(begins=start)
    done, all_, last = 0, old.count(), 0
    while rows := _some(old, last):
        done, last = done + len(rows), rows[-1]
        told("personal values", done, all_)
    return done


def _some(old: QuerySet[PersonalValue], last: int) -> list[int]:
    """Seal some values anew, those after the number `last`; return their numbers."""
    with transaction.atomic(), connection.cursor() as cursor:
        rows = list(old.filter(pk__gt=last).order_by("pk")[:BATCH])
        made = {row.pk: sealed_anew(row) for row in rows}
        cursor.execute(_SEAL, [list(made), list(made.values())])
    return list(made)
