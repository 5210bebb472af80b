"""Who may do what with which table: closed by default, and one table tells it.

Each app has an `access.py` whose `TABLES` names its tables; those of Django, allauth and
procrastinate stand in `core`. `apply` gives just these rights and takes all others, so that a
table that nobody named can be read by nobody.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from psycopg import sql

from lianfang.errors import LianfangError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.backends.utils import CursorWrapper

READ, ADD, CHANGE, REMOVE = "SELECT", "INSERT", "UPDATE", "DELETE"
APPEND = (READ, ADD)
ALL = (READ, ADD, CHANGE, REMOVE)


def change(*columns: str) -> str:
    """The right to change these columns alone."""
    return f"{CHANGE} ({', '.join(columns)})"


SETTING = "lianfang.purposes"
"""Names of the purposes that the session may see, parted by commas; nothing at first."""

OF_PURPOSE = "purpose = ANY (string_to_array(current_setting('lianfang.purposes', true), ','))"


class Access(NamedTuple):
    """Rights to a table.

    Attributes:
        staff, worker: what each role may do.
        search: what the functions that search may do for a session (`functions`).
        by_purpose: its rows are seen only by a session of their purpose (column `purpose`).
        within: for columns that name a row of a table, that table; the row must be of the same
            purpose, where one is named.
    """

    staff: tuple[str, ...] = ()
    worker: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    by_purpose: bool = False
    within: Mapping[str, str] = MappingProxyType({})


class UnlistedError(LianfangError):
    """A table stands in the database and on no list."""

    http_status = 500


def tables() -> dict[str, Access]:
    """The rights to every table of the installed apps."""
    found: dict[str, Access] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("lianfang."):
            found |= import_module(f"{app.name}.access").TABLES
    return found


def apply(cursor: CursorWrapper) -> None:
    """Give the rights; run by the owner, after the migrations, as often as one likes.

    Raises:
        UnlistedError: a table is on no list.
    """
    listed = tables()
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in cursor.fetchall():
        if table not in listed:
            do = "name it in the access.py of its app"
            raise UnlistedError("a table that nobody may use", where=table, do=do)
        _guard(cursor, table, listed[table])
    cursor.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for role in ("staff", "worker", "search", "backup"):
        name = sql.Identifier(f"lianfang_{role}")
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
    cursor.execute(
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO lianfang_staff, lianfang_worker"
    )
    cursor.execute("GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO lianfang_backup")


def _guard(cursor: CursorWrapper, table: str, access: Access) -> None:
    name = sql.Identifier(table)
    cursor.execute(sql.SQL("REVOKE ALL ON {} FROM PUBLIC").format(name))
    given = {"staff": access.staff, "worker": access.worker, "search": access.search}
    for role, rights in {**given, "portal": (), "backup": (READ,)}.items():
        to = sql.Identifier(f"lianfang_{role}")
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(name, to))
        if rights:
            may = sql.SQL(", ").join(map(sql.SQL, rights))
            cursor.execute(sql.SQL("GRANT {} ON {} TO {}").format(may, name, to))
    if access.by_purpose:
        _by_purpose(cursor, name, _within(table, access.within))


def _within(table: str, parents: Mapping[str, str]) -> str:
    """That rows which a new row names are of its purpose: a foreign key looks past row security.

    Of new rows alone, since columns that name rows can't be changed: a row that another session
    has just added may name one that this statement doesn't see yet (`ON CONFLICT DO UPDATE`).
    """
    return " AND ".join(
        f"({table}.{column} IS NULL OR EXISTS (SELECT FROM {parent} p"
        f" WHERE p.id = {table}.{column} AND p.purpose = {table}.purpose))"
        for column, parent in parents.items()
    )


def _by_purpose(cursor: CursorWrapper, name: sql.Identifier, within: str) -> None:
    new = f"CREATE POLICY within ON {{}} AS RESTRICTIVE FOR INSERT WITH CHECK ({within})"
    for words in (
        "ALTER TABLE {} ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE {} FORCE ROW LEVEL SECURITY",
        "DROP POLICY IF EXISTS of_purpose ON {}",
        "DROP POLICY IF EXISTS within ON {}",
        f"CREATE POLICY of_purpose ON {{}} USING ({OF_PURPOSE}) WITH CHECK ({OF_PURPOSE})",
        *([new] if within else []),
    ):
        cursor.execute(sql.SQL(words).format(name))
