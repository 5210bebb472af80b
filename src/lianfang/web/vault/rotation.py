"""A new version of a purpose's index key: its values are indexed anew while all else goes on.

1. The new key is added while nobody holds the keys. From then on all add under it, and find under
   both.
2. Values of older versions are indexed anew, some at a time, each time in a transaction.
3. The old key is retired: nothing is found under it any more.

Killed at any moment it's taken up where it was by the next call. Run by the owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.conf import settings
from django.db import connection, transaction

from lianfang.errors import InputError
from lianfang.web.core.audit import record
from lianfang.web.database.locks import keys_at_rest, only_rotation
from lianfang.web.database.seeing import seeing
from lianfang.web.institution.purposes import ALL_PURPOSES
from lianfang.web.secret_file import new_key
from lianfang.web.vault.models import PersonalValue
from lianfang.web.vault.values import indexes_of, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from lianfang.web.secret_file import Secrets

    Told = Callable[[str, int, int], None]
    """Takes what is under way, how much is done, and of how much."""

WHO = "lianfang keys rotate"
BATCH = 500
_INDEX = """
UPDATE vault_personalvalue v SET index = n.index, key_version = %s
FROM unnest(%s::bigint[], %s::bytea[]) AS n (id, index) WHERE v.id = n.id
"""


def rotate_index(*, purpose: str, told: Told) -> bool:
    """Give a purpose a new index key; False if it finished what an earlier call had begun.

    Raises:
        InputError: no such purpose.
        RotatingError: keys are being rotated, or a copy is being taken.
    """
    if purpose not in ALL_PURPOSES:
        do = f"use one of {', '.join(ALL_PURPOSES)}"
        raise InputError("unknown purpose", where=purpose, do=do)
    with only_rotation(), seeing([purpose]):
        new = len(settings.DEPLOYMENT.index_keys(purpose)) == 1
        if new:
            _begin(purpose)
        index_anew(purpose=purpose, told=told)
        settings.DEPLOYMENT.change_secrets(lambda now: _retired(now, purpose))
        record(who=WHO, what="key.retire", object_=f"index {purpose}")
    return new


def index_anew(*, purpose: str, told: Told) -> None:
    """Index under the key in use what is indexed under an older one."""
    keys = settings.DEPLOYMENT.index_keys(purpose)
    version = max(keys)
    old = PersonalValue.objects.filter(purpose=purpose, key_version__lt=version)
    done, all_, last = 0, old.count(), 0
    while rows := _indexed(old, last, version, keys[version]):
        done, last = done + len(rows), rows[-1]
        told(f"index {purpose}", done, all_)


def _begin(purpose: str) -> None:
    with keys_at_rest():
        record(who=WHO, what="key.rotate", object_=f"index {purpose}")
        settings.DEPLOYMENT.change_secrets(lambda now: _added(now, purpose))


def _added(now: Secrets, purpose: str) -> Secrets:
    keys = [*now.index[purpose], new_key()]
    return msgspec.structs.replace(now, index=now.index | {purpose: keys})


def _retired(now: Secrets, purpose: str) -> Secrets:
    keys = [""] * (len(now.index[purpose]) - 1) + now.index[purpose][-1:]
    return msgspec.structs.replace(now, index=now.index | {purpose: keys})


def _indexed(old: QuerySet[PersonalValue], last: int, version: int, key: bytes) -> list[int]:
    """Index some values anew, those after the number `last`; return their numbers."""
    with transaction.atomic(), connection.cursor() as cursor:
        rows = list(old.filter(pk__gt=last).order_by("pk")[:BATCH])
        made = [row.pk for row in rows]
        indexes = indexes_of(key, [(row.kind, opened(row)) for row in rows])
        cursor.execute(_INDEX, [version, made, indexes])
    return made
