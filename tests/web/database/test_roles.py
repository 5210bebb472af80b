from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from postgres import session

ROLES = ("staff", "worker", "portal", "backup")


def test_no_role_is_above_the_rules(place):
    asked = """SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls
               FROM pg_roles WHERE rolname LIKE 'lianfang%'"""
    with session(place, "owner") as owner:
        found = {row[0]: row[1:] for row in owner.execute(asked)}
    plain = (False,) * 5
    assert found == {
        "lianfang_owner": plain,
        "lianfang_staff": plain,
        "lianfang_worker": plain,
        "lianfang_portal": plain,
        "lianfang_backup": (False, False, False, False, True),
        "lianfang_search": (False, False, False, False, True),
    }


def test_no_role_is_part_of_another(place):
    asked = "SELECT 1 FROM pg_auth_members WHERE member::regrole::text LIKE 'lianfang%'"
    with session(place, "owner") as owner:
        assert owner.execute(asked).fetchall() == []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "made", ["TABLE public.more (id int)", "TEMP TABLE more (id int)", "SCHEMA more"]
)
def test_nobody_but_the_owner_makes_anything(place, role, made):
    with session(place, role) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute(f"CREATE {made}")


def test_a_wrong_password_opens_nothing(place):
    with session(place, "staff") as staff:
        made = staff.info.get_parameters()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**made, password="guessed")  # noqa: S106
