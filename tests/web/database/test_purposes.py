"""Rows of one purpose are closed to sessions of the others, whoever asks."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from psycopg import errors, sql

from lianfang.web.database import access
from postgres import BOTH, both_purposes, session

ROLES = ("staff", "worker", "owner")


@pytest.fixture(scope="module")
def filled(loaded):
    with both_purposes(loaded):
        yield loaded


def apart(role, right=access.READ):
    """Tables kept apart by purpose with which a role may do something."""
    return [
        sql.Identifier(table)
        for table, one in access.tables().items()
        if one.by_purpose and (role == "owner" or right in getattr(one, role))
    ]


def closed(role):
    return [
        sql.Identifier(table)
        for table, one in access.tables().items()
        if one.by_purpose and role != "owner" and access.READ not in getattr(one, role)
    ]


def purposes(connection, table):
    asked = sql.SQL("SELECT DISTINCT purpose FROM {}").format(table)
    return {row[0] for row in connection.execute(asked)}


@contextmanager
def refused(connection):
    """The rule that keeps purposes apart refuses what is tried within."""
    wanted = pytest.raises(errors.InsufficientPrivilege, match="row-level security")
    with wanted, connection.transaction():
        yield


@pytest.mark.parametrize("role", ROLES)
def test_a_session_sees_its_purposes_and_no_other(filled, role):
    with session(filled, role) as connection:
        for table in apart(role):
            assert purposes(connection, table) == set(), table
    with session(filled, role, ["governance"]) as connection:
        for table in apart(role):
            assert purposes(connection, table) == {"governance"}, table
    with session(filled, role, BOTH) as connection:
        for table in apart(role):
            assert purposes(connection, table) == set(BOTH), table


@pytest.mark.parametrize("role", ["staff", "worker"])
def test_what_a_role_may_not_read_is_closed_for_every_purpose(filled, role):
    with session(filled, role, BOTH) as connection:
        for table in closed(role):
            with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
                purposes(connection, table)


@pytest.mark.parametrize("role", ROLES)
def test_no_row_is_added_to_another_purpose(filled, role):
    with session(filled, role, ["governance"]) as connection:
        for table in apart(role, access.ADD):
            add = sql.SQL("INSERT INTO {} (purpose) VALUES ({})")
            with refused(connection):
                connection.execute(add.format(table, "complaints"))
            # The same of one's own purpose lacks nothing but its other columns.
            with pytest.raises(errors.NotNullViolation), connection.transaction():
                connection.execute(add.format(table, "governance"))


def test_no_row_names_one_of_another_purpose(filled):
    """Whoever sees both can't join them, though a foreign key would let them."""
    with session(filled, "staff", BOTH) as staff:
        sources = dict(staff.execute("SELECT purpose, id FROM intake_source").fetchall())
        original = dict(staff.execute("SELECT purpose, id FROM vault_original").fetchall())
        add = """INSERT INTO intake_delivery (source_id, purpose, original_id, sha256, state,
                 done_row, share, added, repeated, refused, suspect, problem, made_at)
                 VALUES (%s, 'governance', %s, 'x', 'waiting', 0, 0, 0, 0, 0, 0, '', now())"""
        for pair in ((sources["complaints"], original["governance"]),
                     (sources["governance"], original["complaints"])):  # fmt: skip
            with refused(staff):
                staff.execute(add, pair)


def test_site_and_worker_change_only_the_columns_that_are_listed(filled):
    with session(filled, "staff", BOTH) as staff:
        for words in ("count = 0", "item_id = item_id", "purpose = purpose", "score = 0"):
            with pytest.raises(errors.InsufficientPrivilege), staff.transaction():
                staff.execute(sql.SQL("UPDATE alerts_alert SET {}").format(sql.SQL(words)))
    with session(filled, "worker", BOTH) as worker:
        for words in ("state = 'rejected'", "decided_at = now()"):
            with pytest.raises(errors.InsufficientPrivilege), worker.transaction():
                worker.execute(sql.SQL("UPDATE alerts_alert SET {}").format(sql.SQL(words)))


@pytest.mark.parametrize("role", ROLES)
def test_no_row_is_moved_to_another_purpose(filled, role):
    with session(filled, role, ["governance"]) as connection:
        for table in apart(role, access.CHANGE):
            move = sql.SQL("UPDATE {} SET purpose = 'complaints'").format(table)
            with refused(connection):
                connection.execute(move)


@pytest.mark.parametrize("role", ROLES)
def test_no_row_of_another_purpose_is_changed_or_removed(filled, role):
    with session(filled, role, ["governance"]) as connection:
        for right, words in (
            (access.CHANGE, "UPDATE {} SET purpose = purpose WHERE purpose = 'complaints'"),
            (access.REMOVE, "DELETE FROM {} WHERE purpose = 'complaints'"),
        ):
            for table in apart(role, right):
                assert connection.execute(sql.SQL(words).format(table)).rowcount == 0, table


@pytest.mark.parametrize("role", ["staff", "worker"])
@pytest.mark.parametrize(
    "words",
    [
        "SET row_security = off; SELECT 1 FROM intake_item",
        "SET SESSION AUTHORIZATION lianfang_owner",
        "SET ROLE lianfang_backup",
        "ALTER TABLE intake_item DISABLE ROW LEVEL SECURITY",
        "DROP POLICY of_purpose ON intake_item",
        "CREATE POLICY more ON intake_item USING (true)",
    ],
)
def test_no_session_lifts_the_rule(filled, role, words):
    with session(filled, role) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(words)


@pytest.mark.parametrize("said", ["", ",", "*", "%", "governance complaints", "GOVERNANCE", "{}"])
def test_only_the_name_of_a_purpose_opens_it(filled, said):
    with session(filled, "staff", [said]) as staff:
        assert purposes(staff, sql.Identifier("intake_item")) == set()
