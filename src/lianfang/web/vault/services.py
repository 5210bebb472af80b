"""Capture first; personal values in, numbers out; a value shown only for a reason."""

from __future__ import annotations

import hmac
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from psycopg import sql

from lianfang.errors import InputError, NotFoundError
from lianfang.evidence.sealing import seal_value, unseal_value
from lianfang.web.core.audit import record
from lianfang.web.database.rows import ask
from lianfang.web.vault.models import Original, PersonalValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest

    from lianfang.web.institution.models import User

LEAST_REASON = 4
"""Characters of a reason for seeing a personal value."""

Key = tuple[str, str]
"""Kind and canonical form of a value."""

_ADD = sql.SQL("""
INSERT INTO vault_personalvalue (purpose, key_version, kind, index, sealed)
SELECT %s, %s, kind, index, sealed
FROM unnest(%b::text[], %b::bytea[], %b::bytea[]) AS new (kind, index, sealed)
ON CONFLICT DO NOTHING RETURNING id
""")


def capture(
    *, stream: BinaryIO, name: str, purpose: str, source: str, basis: str, who: str, most: int
) -> Original:
    """Keep what arrived as it came, before anything looks into it.

    Raises:
        TooLargeError: more than `most` bytes.
    """
    kept = settings.DEPLOYMENT.originals.keep(stream, most=most)
    return Original.objects.create(
        purpose=purpose,
        sha256=kept.sha256,
        sm3=kept.sm3,
        size=kept.size,
        name=name[-255:],
        source=source,
        basis=basis,
        who=who,
        tool=f"lianfang {version('lianfang')}",
        at=timezone.now(),
    )


def numbers(*, purpose: str, values: Iterable[Key]) -> dict[Key, int]:
    """The number of each value, given now to those that are new; within a transaction.

    Args:
        purpose: whose values; the session must see it.
        values: kinds and canonical forms.
    """
    keys = settings.DEPLOYMENT.index_keys(purpose)
    wanted = {value: _index(keys[-1], value) for value in sorted(set(values))}
    found = _found(purpose, len(keys), wanted)
    if missing := {value: index for value, index in wanted.items() if value not in found}:
        _add(purpose, len(keys), missing)
        found |= _found(purpose, len(keys), missing)
    return found


def reveal(*, number: int, user: User, why: str, request: HttpRequest) -> str:
    """A personal value in the clear; who saw it and why is recorded first.

    Raises:
        InputError: no reason is given.
        NotFoundError: no such value for the purposes of this session.
    """
    if len(why.strip()) < LEAST_REASON:
        raise InputError("no reason", where="why", do="say why you must see the value")
    with transaction.atomic():
        value = PersonalValue.objects.filter(pk=number).first()
        if value is None:
            raise NotFoundError("no such value", where=str(number))
        record(
            who=user.username,
            what="value.reveal",
            object_=str(number),
            why=why.strip()[:500],
            request=request,
        )
    return unseal_value(
        bytes(value.sealed),
        keys=settings.DEPLOYMENT.keys,
        context=_context(value.purpose, value.kind),
    ).decode()


def keyed(*, purpose: str, content: bytes) -> bytes:
    """A digest of what personal values may stand in; of use within its purpose alone."""
    return keyed_all(purpose=purpose, contents=[content])[0]


def keyed_all(*, purpose: str, contents: Iterable[bytes]) -> list[bytes]:
    """As `keyed`, for many contents."""
    key = settings.DEPLOYMENT.index_keys(purpose)[-1]
    return [hmac.digest(key, b"row\0" + content, sha256) for content in contents]


def _index(key: bytes, value: Key) -> bytes:
    return hmac.digest(key, "\0".join(("value", *value)).encode("utf-8", "surrogatepass"), sha256)


def _context(purpose: str, kind: str) -> bytes:
    return f"{purpose}\0{kind}".encode()


def _found(purpose: str, key_version: int, wanted: Mapping[Key, bytes]) -> dict[Key, int]:
    there = PersonalValue.objects.filter(
        purpose=purpose, key_version=key_version, index__in=list(wanted.values())
    ).values_list("kind", "index", "id")
    by_index = {(kind, bytes(index)): number for kind, index, number in there}
    return {
        value: by_index[value[0], index]
        for value, index in wanted.items()
        if (value[0], index) in by_index
    }


def _add(purpose: str, key_version: int, new: Mapping[Key, bytes]) -> None:
    """Add values, in the order of all who do: two that add the same don't wait in a circle."""
    seal = partial(seal_value, keys=settings.DEPLOYMENT.keys)
    sealed = [
        seal(canonical.encode("utf-8", "surrogatepass"), context=_context(purpose, kind))
        for kind, canonical in new
    ]
    kinds = [kind for kind, _ in new]
    ask(_ADD, [purpose, key_version, kinds, list(new.values()), sealed])
