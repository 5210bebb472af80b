"""Many rows added in one statement, under the rights and the row security of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django.db import connection
from psycopg import Cursor, sql

from lianfang.web.database.packed import Packed, PackedDumper, packed, packed_integers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import Model

__all__ = ["add_rows", "ask", "packed"]

_SENT = {"varchar": "text", "jsonb": "text"}
"""What values of some types are sent as; of all others they are sent as what they are."""


class _Column(NamedTuple):
    """What makes a column: an expression, what it's given once, and by name what for each row."""

    made: sql.Composed
    once: list[object]
    by_row: dict[str, tuple[str, Packed]]


def add_rows(
    table: type[Model], values: Mapping[str, Sequence[Any]], **shared: object
) -> list[int]:
    """Add rows; return their numbers, in any order. To be called within a transaction.

    COPY would be the other way, but isn't for tables with row security.

    Args:
        table: whose rows.
        values: of each column, row by row; JSON as text, arrays of integers as NumPy's.
        shared: values of other columns, the same in all rows.
    """
    if not any(values.values()):
        return []
    columns = {name: _column(name, _type(table, name), some) for name, some in values.items()}
    columns |= {name: _shared(_type(table, name), value) for name, value in shared.items()}
    arrays = {name: array for column in columns.values() for name, array in column.by_row.items()}
    statement = sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {values} FROM unnest({arrays}) AS given ({given})"
        " RETURNING id"
    ).format(
        table=sql.Identifier(table._meta.db_table),  # noqa: SLF001  Django's public name for it
        names=_listed(sql.Identifier(name) for name in columns),
        values=_listed(column.made for column in columns.values()),
        arrays=_listed(sql.SQL(f"%b::{type_}[]") for type_, _ in arrays.values()),
        given=_listed(sql.Identifier(name) for name in arrays),
    )
    once = [value for column in columns.values() for value in column.once]
    return [number for (number,) in ask(statement, [*once, *(one for _, one in arrays.values())])]


def ask(statement: sql.SQL | sql.Composed, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """The rows of a statement whose long arrays go to the server beside it, not within.

    Args:
        statement: what to do; `%b` marks the places of arrays, `%s` those of other values.
        values: of the places; arrays are `packed`.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.adapters.register_dumper(Packed, PackedDumper)
        found: list[tuple[Any, ...]] = cursor.execute(statement, values).fetchall()
    return found


def _column(name: str, type_: str, values: Sequence[Any]) -> _Column:
    if type_ == "integer[]":
        return _arrays(name, values)
    sent = _SENT.get(type_, type_)
    made = sql.SQL(f"{{}}::{type_}").format(sql.Identifier(name))
    return _Column(made, [], {name: (sent, packed(sent, values))})


def _shared(type_: str, value: object) -> _Column:
    return _Column(sql.Composed([sql.SQL(f"%s::{type_}")]), [value], {})


def _arrays(name: str, values: Sequence[Any]) -> _Column:
    """An array of arrays would come apart entirely: so they stand in one, from here to there."""
    ends = np.cumsum([len(one) for one in values], dtype=np.int32)
    starts = np.concatenate([[0], ends[:-1]]).astype(np.int32) + np.int32(1)
    by_row = {
        f"{name}'s first": ("integer", packed_integers(starts)),
        f"{name}'s last": ("integer", packed_integers(ends)),
    }
    made = sql.SQL("(%b::integer[])[{}:{}]").format(*map(sql.Identifier, by_row))
    return _Column(made, [packed_integers(np.concatenate(values))], by_row)


def _type(table: type[Model], column: str) -> str:
    """The type of a column without its length: a cast to that would cut in silence."""
    fields = {one.attname: one for one in table._meta.concrete_fields}  # noqa: SLF001
    return str(fields[column].db_type(connection)).partition("(")[0]


def _listed(parts: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(parts)
