from __future__ import annotations

import pytest
from psycopg import errors, sql

from lianfang.web.database import access
from lianfang.web.database.functions import SIGNATURES
from postgres import BOTH, both_purposes, session

ROLES = ("staff", "worker", "portal", "backup", "search")
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
SINCE_17 = ("MAINTAIN",)
OF_COLUMNS = ("SELECT", "INSERT", "UPDATE", "REFERENCES")
NOBODY = ()


@pytest.fixture(scope="module")
def filled(loaded):
    with both_purposes(loaded):
        yield loaded


@pytest.fixture
def owner(place):
    with session(place, "owner") as connection:
        yield connection


def held(connection, role, table):
    """What the database lets a role do with a table, or with any of its columns."""
    asked = "SELECT has_table_privilege(%s, %s, %s)"
    known = RIGHTS + SINCE_17 * (connection.info.server_version >= 170_000)
    whole = {one for one in known if connection.execute(asked, [role, table, one]).fetchone()[0]}
    asked = "SELECT has_any_column_privilege(%s, %s, %s)"
    return whole | {
        one for one in OF_COLUMNS if connection.execute(asked, [role, table, one]).fetchone()[0]
    }


def named(rights):
    """Rights by their names: some are to a few columns alone."""
    return {right.partition(" ")[0] for right in rights}


def column(connection, query, *values):
    return [row[0] for row in connection.execute(query, values)]


def apart():
    return [table for table, one in access.tables().items() if one.by_purpose]


def test_the_list_names_just_the_tables_that_are_there(owner):
    asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    assert set(column(owner, asked)) == set(access.tables())


def test_nothing_passes_by_the_list(owner):
    asked = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
               AND relkind IN ('v', 'm', 'f')"""
    assert column(owner, asked) == [], "a view shows what its owner sees"
    asked = """SELECT oid::regprocedure::text FROM pg_proc
               WHERE pronamespace = 'public'::regnamespace AND prosecdef"""
    told = [one.replace(", ", ",") for one in SIGNATURES]
    assert column(owner, asked) == told, "a function that runs as its owner"
    asked = """SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'
               AND nspname NOT IN ('public', 'information_schema')"""
    assert column(owner, asked) == []


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_just_the_rights_that_are_listed(owner, role):
    wanted = {
        table: {"SELECT"} if role == "backup" else named(getattr(one, role, NOBODY))
        for table, one in access.tables().items()
    }
    assert {table: held(owner, f"lianfang_{role}", table) for table in wanted} == wanted


def test_tables_with_a_purpose_are_kept_apart(owner):
    asked = """SELECT table_name::text FROM information_schema.columns
               WHERE table_schema = 'public' AND column_name = 'purpose'"""
    assert sorted(column(owner, asked)) == sorted(apart())
    for table in apart():
        asked = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass"
        assert owner.execute(asked, [table]).fetchone() == (True, True), table
        asked = "SELECT polname::text, polcmd::text, polpermissive FROM pg_policy WHERE polrelid = "
        policies = owner.execute(asked + "%s::regclass", [table]).fetchall()
        new = [("within", "a", False)] if access.tables()[table].within else []
        assert sorted(policies) == [("of_purpose", "*", True), *new], table


def test_the_portal_reads_nothing(filled):
    with session(filled, "portal", BOTH) as portal:
        for table in access.tables():
            with pytest.raises(errors.InsufficientPrivilege), portal.transaction():
                portal.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier("public", table)))


def test_the_backup_reads_everything_and_changes_nothing(filled):
    with session(filled, "backup") as backup:
        for table in access.tables():
            backup.execute(sql.SQL("SELECT 1 FROM {}").format(sql.Identifier(table)))
        for table in apart():
            name = sql.Identifier(table)
            asked = sql.SQL("SELECT DISTINCT purpose FROM {}").format(name)
            assert set(column(backup, asked)) >= set(BOTH), table
            with pytest.raises(errors.InsufficientPrivilege), backup.transaction():
                backup.execute(sql.SQL("DELETE FROM {}").format(name))


@pytest.mark.parametrize("table", ["core_event", "alerts_decision", "vault_original"])
@pytest.mark.parametrize("role", ["staff", "worker"])
def test_what_is_on_record_stays(filled, table, role):
    name = sql.Identifier(table)
    with session(filled, role, BOTH) as connection:
        for words in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"):
            with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
                connection.execute(sql.SQL(words).format(name))


def test_a_table_that_nobody_named_is_refused(owner):
    owner.execute("CREATE TABLE unheard_of (id int)")
    with pytest.raises(access.UnlistedError, match="unheard_of"):
        access.apply(owner.cursor())


@pytest.mark.parametrize(
    ("right", "to"),
    [
        ("DELETE", "lianfang_staff"),
        ("UPDATE (why)", "lianfang_worker"),
        ("SELECT", "lianfang_portal"),
        ("INSERT", "lianfang_backup"),
        ("SELECT", "PUBLIC"),
    ],
)
def test_applying_takes_all_other_rights(owner, right, to):
    before = {role: held(owner, f"lianfang_{role}", "core_event") for role in ROLES}
    owner.execute(f"GRANT {right} ON core_event TO {to}")
    owner.execute("ALTER TABLE intake_item NO FORCE ROW LEVEL SECURITY")
    access.apply(owner.cursor())
    assert {role: held(owner, f"lianfang_{role}", "core_event") for role in before} == before
    asked = "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'intake_item'"
    assert column(owner, asked) == [True]
