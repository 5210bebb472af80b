"""Personal values: sealed, numbered, and found through an index keyed for their purpose.

While a purpose's key is rotated its values are found under the old version and the new. New ones
are added under the version in use alone. Who adds holds the keys: all agree which one that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from psycopg import sql

from lianfang.evidence.keyed import Keyed
from lianfang.evidence.sealing import seal_value, unseal_value
from lianfang.web.database.locks import hold_keys
from lianfang.web.database.rows import ask, packed

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
ON CONFLICT DO NOTHING RETURNING id, index
""")


def numbers(*, purpose: str, values: Iterable[Value]) -> dict[Value, int]:
    """The number of each value, given now to those that are new; within a transaction.

    Args:
        purpose: whose values; the session must see it.
        values: kinds and canonical forms.
    """
    hold_keys()
    keys, wanted = settings.DEPLOYMENT.index_keys(purpose), sorted(set(values))
    indexes = {version: indexes_of(key, wanted) for version, key in keys.items()}
    found = _found(purpose, wanted, indexes)
    if missing := [place for place, value in enumerate(wanted) if value not in found]:
        some = [wanted[place] for place in missing]
        new = {version: [of[place] for place in missing] for version, of in indexes.items()}
        added = _add(purpose, some, max(keys), new[max(keys)])
        found |= added if len(added) == len(some) else _found(purpose, some, new)
    return found


def indexes_of(key: bytes, values: Iterable[Value]) -> list[bytes]:
    """What values are found by under a key."""
    digest = Keyed(key).digest
    return [digest(_bytes("\0".join(("value", *value)))) for value in values]


def opened(value: PersonalValue) -> str:
    """The value in the clear."""
    context = _context(value.purpose, value.kind)
    return unseal_value(value.sealed, keys=settings.DEPLOYMENT.keys, context=context).decode(
        "utf-8", "surrogatepass"
    )


def sealed_anew(value: PersonalValue) -> bytes:
    """The value sealed under the master key in use."""
    return _sealed(value.purpose, value.kind, opened(value), settings.DEPLOYMENT.keys)


def _found(
    purpose: str, values: Sequence[Value], indexes: Mapping[int, Sequence[bytes]]
) -> dict[Value, int]:
    """The numbers of those that are there; `indexes` by version, in the order of the values."""
    asked = [
        (place, value[0], version, index)
        for version, of in indexes.items()
        for place, (value, index) in enumerate(zip(values, of, strict=True))
    ]
    if not asked:
        return {}
    places, kinds, versions, wanted = zip(*asked, strict=True)
    arrays = packed("integer", places), packed("text", kinds), packed("integer", versions)
    found = ask(_FIND, [*arrays, packed("bytea", wanted), purpose])
    return {values[place]: number for place, number in found}


def _add(
    purpose: str, values: Sequence[Value], version: int, indexes: Sequence[bytes]
) -> dict[Value, int]:
    """The numbers of those that nobody else added meanwhile.

    They are added in the order of all who do: two that add the same don't wait in a circle.
    """
    masters = settings.DEPLOYMENT.keys
    sealed = [_sealed(purpose, *value, masters) for value in values]
    kinds = packed("text", [kind for kind, _ in values])
    arrays = kinds, packed("bytea", indexes), packed("bytea", sealed)
    numbers = {bytes(index): number for number, index in ask(_ADD, [purpose, version, *arrays])}
    of = dict(zip(indexes, values, strict=True))
    return {of[index]: number for index, number in numbers.items()}


def _sealed(purpose: str, kind: str, canonical: str, keys: MasterKeys) -> bytes:
    return seal_value(_bytes(canonical), keys=keys, context=_context(purpose, kind))


def _context(purpose: str, kind: str) -> bytes:
    return f"{purpose}\0{kind}".encode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
