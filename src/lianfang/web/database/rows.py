"""Many rows added in one statement, under the rights and the row security of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from psycopg import Cursor, sql

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Model


def add_rows(table: type[Model], rows: Sequence[Mapping[str, object]]) -> list[int]:
    """Add rows; return their numbers, in any order. To be called within a transaction.

    COPY would be the other way, but isn't for tables with row security.

    Args:
        table: whose rows.
        rows: values by columns, the same in each; JSON as text, an array of texts as a list.
    """
    if not rows:
        return []
    types = {name: _type(table, name) for name in rows[0]}
    given = [_given(type_, [row[name] for row in rows]) for name, type_ in types.items()]
    statement = sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {values} FROM unnest({arrays}) AS given ({names})"
        " RETURNING id"
    ).format(
        table=sql.Identifier(table._meta.db_table),  # noqa: SLF001  Django's public name for it
        names=sql.SQL(", ").join(map(sql.Identifier, types)),
        values=sql.SQL(", ").join(
            sql.SQL(f"{{}}::{type_}").format(sql.Identifier(name)) for name, type_ in types.items()
        ),
        arrays=sql.SQL(", ").join(sql.SQL(f"%b::{_carried(one)}[]") for one in types.values()),
    )
    return [number for (number,) in ask(statement, given)]


def ask(statement: sql.SQL | sql.Composed, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """The rows of a statement whose long arrays go to the server beside it, not within.

    Args:
        statement: what to do; `%b` marks the places of values.
        values: lists, of which the server is sent bytes: as text each quotation mark would cost.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        found: list[tuple[Any, ...]] = cursor.execute(statement, values).fetchall()
    return found


def _type(table: type[Model], column: str) -> str:
    """The type of a column without its length: a cast to that would cut in silence."""
    fields = {one.attname: one for one in table._meta.concrete_fields}  # noqa: SLF001
    return str(fields[column].db_type(connection)).partition("(")[0]


def _carried(type_: str) -> str:
    """Arrays are carried as texts: an array of arrays comes apart entirely. So is JSON."""
    return "text" if type_.endswith("[]") or type_ == "jsonb" else type_


def _given(type_: str, values: list[Any]) -> list[Any]:
    return list(map(_literal, values)) if type_.endswith("[]") else values


def _literal(values: list[str]) -> str:
    quoted = (one.replace("\\", "\\\\").replace('"', '\\"') for one in values)
    return "{" + ",".join(f'"{one}"' for one in quoted) + "}"
