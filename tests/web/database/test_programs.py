from __future__ import annotations

import subprocess

import pytest

from lianfang.web.database import programs
from lianfang.web.database.embedded import Embedded, EmbeddedError, binary
from web.database.running import AS_ROOT, PASSWORD, ask


def test_programs_are_of_the_same_release():
    for name in ("initdb", "postgres", "pg_dump", "pg_restore"):
        told = subprocess.run([binary(name), "--version"], capture_output=True, check=True)
        assert b"(PostgreSQL) 18." in told.stdout
    with pytest.raises(EmbeddedError, match="no such program"):
        binary("pg_nothing")


def test_a_missing_package_is_told(monkeypatch):
    monkeypatch.setattr(programs, "PACKAGE", "no_such_package")
    with pytest.raises(EmbeddedError, match="package of the database server is missing"):
        binary("postgres")


@pytest.mark.skipif(not AS_ROOT, reason="only root runs the server as somebody else")
class TestAsRoot:
    def test_a_closed_parent_is_named(self, home):
        closed = home / "closed"
        (closed / "inner").mkdir(parents=True)
        closed.chmod(0o700)
        inner = Embedded(closed / "inner", password=PASSWORD)
        with pytest.raises(EmbeddedError, match="closed to the user") as caught, inner:
            pass
        assert caught.value.where == str(closed)

    def test_a_copy_made_by_root_is_taken_over(self, made):
        assert (made / "postgres").stat().st_uid == 0
        with Embedded(made, password=PASSWORD) as server:
            assert ask(server, "select 1") == 1
        assert all(path.stat().st_uid for path in (made / "postgres").rglob("*"))

    def test_data_keep_their_user(self, home, monkeypatch):
        monkeypatch.setattr(programs, "SYSTEM_USERS", ("nobody",))
        with Embedded(home, password=PASSWORD):
            pass
        monkeypatch.undo()
        user = (home / "postgres").stat().st_uid
        assert programs.Account(user, 0).name == "nobody"
        with Embedded(home, password=PASSWORD) as server:
            assert ask(server, "select 1") == 1
            assert (home / "postgres").stat().st_uid == user

    def test_no_user_to_run_as_is_told(self, home, monkeypatch):
        monkeypatch.setattr(programs, "SYSTEM_USERS", ("nobody-at-all",))
        server = Embedded(home, password=PASSWORD)
        with pytest.raises(EmbeddedError, match="doesn't run as root"), server:
            pass
