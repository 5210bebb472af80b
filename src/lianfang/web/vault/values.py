"""Personal values: sealed, numbered, and found through an index keyed for their purpose.

While a purpose's key is rotated its values are found under the old version and the new. New ones
are added under the version in use alone. Who adds holds the keys: all agree which one that is.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from psycopg import sql

from lianfang.evidence.sealing import seal_value, unseal_value
from lianfang.web.database.locks import hold_keys
from lianfang.web.database.rows import ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lianfang.evidence.sealing import MasterKeys
    from lianfang.web.vault.models import PersonalValue

Value = tuple[str, str]
"""Kind and canonical form."""

_FIND = sql.SQL("""
SELECT place, v.id
FROM unnest(%b::int[], %b::text[], %b::int[], %b::bytea[]) AS w (place, kind, version, index)
JOIN vault_personalvalue v
  ON v.purpose = %s AND v.kind = w.kind AND v.key_version = w.version AND v.index = w.index
""")
_ADD = sql.SQL("""
INSERT INTO vault_personalvalue (purpose, key_version, kind, index, sealed)
SELECT %s, %s, kind, index, sealed
FROM unnest(%b::text[], %b::bytea[], %b::bytea[]) AS new (kind, index, sealed)
ON CONFLICT DO NOTHING RETURNING id
""")


def numbers(*, purpose: str, values: Iterable[Value]) -> dict[Value, int]:
    """The number of each value, given now to those that are new; within a transaction.

    Args:
        purpose: whose values; the session must see it.
        values: kinds and canonical forms.
    """
    hold_keys()
    keys, wanted = settings.DEPLOYMENT.index_keys(purpose), sorted(set(values))
    found = _found(purpose, keys, wanted)
    if missing := [value for value in wanted if value not in found]:
        _add(purpose, keys, missing)
        found |= _found(purpose, keys, missing)
    return {value: found[value] for value in wanted}


def index_of(key: bytes, value: Value) -> bytes:
    """What a value is found by under a key."""
    return hmac.digest(key, _bytes("\0".join(("value", *value))), sha256)


def opened(value: PersonalValue) -> str:
    """The value in the clear."""
    context = _context(value.purpose, value.kind)
    return unseal_value(value.sealed, keys=settings.DEPLOYMENT.keys, context=context).decode(
        "utf-8", "surrogatepass"
    )


def sealed_anew(value: PersonalValue) -> bytes:
    """The value sealed under the master key in use."""
    return _sealed(value.purpose, value.kind, opened(value), settings.DEPLOYMENT.keys)


def _found(purpose: str, keys: Mapping[int, bytes], values: Sequence[Value]) -> dict[Value, int]:
    asked = [
        (place, value[0], version, index_of(key, value))
        for place, value in enumerate(values)
        for version, key in keys.items()
    ]
    if not asked:
        return {}
    columns = [list(column) for column in zip(*asked, strict=True)]
    return {values[place]: number for place, number in ask(_FIND, [*columns, purpose])}


def _add(purpose: str, keys: Mapping[int, bytes], values: Sequence[Value]) -> None:
    """Add values, in the order of all who do: two that add the same don't wait in a circle."""
    version, masters = max(keys), settings.DEPLOYMENT.keys
    kinds = [kind for kind, _ in values]
    indexes = [index_of(keys[version], value) for value in values]
    sealed = [_sealed(purpose, *value, masters) for value in values]
    ask(_ADD, [purpose, version, kinds, indexes, sealed])


def _sealed(purpose: str, kind: str, canonical: str, keys: MasterKeys) -> bytes:
    return seal_value(_bytes(canonical), keys=keys, context=_context(purpose, kind))


def _context(purpose: str, kind: str) -> bytes:
    return f"{purpose}\0{kind}".encode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
