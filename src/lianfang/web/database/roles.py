"""The database's own roles, made by whoever administers the server.

None but `backup` and `search` pass by row-level security, and none is a superuser. `search` owns
the functions that look into an index for a session (`functions`) and can't sign in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from lianfang.web.deployment import DATABASE, ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psycopg import Connection

PASSES_BY = {"backup": "BYPASSRLS"}
SEARCH = "lianfang_search"


def make_roles(connection: Connection, passwords: Mapping[str, str]) -> None:
    """Make the roles that are missing, and give all the passwords of the deployment.

    Args:
        connection: in autocommit, by a role that may make roles.
        passwords: by the names of `ROLES`.
    """
    _make(connection, SEARCH)
    own = sql.SQL("ALTER ROLE {} WITH NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS")
    connection.execute(own.format(sql.Identifier(SEARCH)))
    for role in ROLES:
        name = _make(connection, f"lianfang_{role}")
        can = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE " + PASSES_BY.get(role, "NOBYPASSRLS")
        password = sql.Literal(passwords[role])
        alter = sql.SQL("ALTER ROLE {} WITH " + can + " PASSWORD {}")
        connection.execute(alter.format(name, password))


def _make(connection: Connection, role: str) -> sql.Identifier:
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    name = sql.Identifier(role)
    if not there:
        connection.execute(sql.SQL("CREATE ROLE {}").format(name))
    return name


def make_database(connection: Connection, name: str = DATABASE) -> None:
    """Make the database where it is missing, owned by `lianfang_owner`; nobody else connects.

    Args:
        connection: in autocommit, by a role that may make databases.
        name: of the database.
    """
    there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    database = sql.Identifier(name)
    if not there:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER lianfang_owner").format(database))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role in ROLES:
        grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
        connection.execute(grant.format(database, sql.Identifier(f"lianfang_{role}")))
