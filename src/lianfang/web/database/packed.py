"""Arrays as the server reads them: of psycopg's lists each element costs a microsecond."""

from __future__ import annotations

from itertools import chain
from struct import Struct
from typing import TYPE_CHECKING, Any

import numpy as np
from psycopg import adapters
from psycopg.adapt import Dumper
from psycopg.pq import Format

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_HEAD = Struct(">5i")
_LENGTH, _BIGINT, _DOUBLE, _BOOLEAN = map(Struct, (">i", ">q", ">d", ">?"))
_NULL = _LENGTH.pack(-1)


_BYTES: dict[str, Callable[[Any], bytes]] = {
    "text": str.encode,
    "bytea": bytes,
    "integer": _LENGTH.pack,
    "bigint": _BIGINT.pack,
    "double precision": _DOUBLE.pack,
    "boolean": _BOOLEAN.pack,
}
"""How a value is sent, by its type; see the type's `recv` function in PostgreSQL."""


class Packed(bytes):
    """An array; the statement's cast must tell its type."""

    __slots__ = ()


class PackedDumper(Dumper):
    """For the adapters of a cursor that is given such arrays."""

    format = Format.BINARY

    def dump(self, obj: Packed) -> Packed:
        return obj


def packed(type_: str, values: Sequence[Any]) -> Packed:
    """An array of values, or None for those that aren't known.

    Args:
        type_: of the elements, as PostgreSQL calls it: a key of `_BYTES`.
        values: of Python's type for it.

    Raises:
        KeyError: another type.
    """
    of = _BYTES[type_]
    if None in values:
        pieces = [_NULL if one is None else _sized(of(one)) for one in values]
        return Packed(_head(type_, len(pieces)) + b"".join(pieces))
    elements = list(map(of, values))
    lengths = map(_LENGTH.pack, map(len, elements))
    pairs = zip(lengths, elements, strict=True)
    return Packed(_head(type_, len(elements)) + b"".join(chain.from_iterable(pairs)))


def packed_integers(values: NDArray[np.int32]) -> Packed:
    """As `packed` of integers."""
    made = np.empty((len(values), 2), ">i4")
    made[:, 0], made[:, 1] = values.itemsize, values
    return Packed(_head("integer", len(values)) + made.tobytes())


def _sized(element: bytes) -> bytes:
    return _LENGTH.pack(len(element)) + element


def _head(type_: str, size: int) -> bytes:
    """Dimensions, whether there may be nulls, the type, and the length and first number of one."""
    return _HEAD.pack(1, 1, adapters.types[type_].oid, size, 1)
