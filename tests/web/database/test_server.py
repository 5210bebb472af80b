from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import psycopg
import pytest

from lianfang.web.database.embedded import Embedded, EmbeddedError
from web.database.running import PASSWORD, ask, connect, running


def test_what_is_set(home):
    wanted = {
        "listen_addresses": "",
        "shared_buffers": "256MB",
        "max_connections": "60",
        "timezone": "UTC",
        "fsync": "on",
        "password_encryption": "scram-sha-256",
        "server_encoding": "UTF8",
    }
    with Embedded(home, password=PASSWORD) as server:
        assert {name: ask(server, f"show {name}") for name in wanted} == wanted
        locale = (
            "select datlocprovider::text || datlocale from pg_database where datname = 'postgres'"
        )
        assert ask(server, locale) == "bC.UTF-8"
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            connect(server, "wrong")


def test_it_listens_on_no_tcp_port(made):
    with Embedded(made, password=PASSWORD):
        links = [str(path.readlink()) for path in Path(f"/proc/{running(made).pid}/fd").iterdir()]
        sockets = {link[8:-1] for link in links if link.startswith("socket:[")}
        assert sockets & inodes("unix", 6)
        assert not sockets & (inodes("tcp", 9) | inodes("tcp6", 9))


def inodes(kind: str, column: int) -> set[str]:
    lines = Path(f"/proc/net/{kind}").read_text().splitlines()[1:]
    return {line.split()[column] for line in lines}


def test_an_interrupt_of_the_terminal_is_left_to_us(made):
    with Embedded(made, password=PASSWORD):
        assert os.getpgid(running(made).pid) != os.getpgid(0)


def test_no_value_of_a_statement_gets_into_the_log(made):
    secret = "138-secret-0000"
    with Embedded(made, password=PASSWORD) as server, connect(server) as connection:
        connection.execute("create table t (phone text primary key)")
        connection.execute("insert into t values (%s)", [secret])
        for statement in ("insert into t values (%s)", "select %s::text::int", "select %s from no"):
            with pytest.raises(psycopg.Error):
                connection.execute(statement, [secret])
        with pytest.raises(psycopg.Error):
            connection.execute(f"select '{secret}'::int")
        crash(server, f"select pg_sleep(60), '{secret}'")
        log = (made / "postgres.log").read_text()
    assert "terminated by signal 11" in log
    assert secret not in log


def crash(server: Embedded, statement: str) -> None:
    """Let the process that runs the statement crash: the server tells what it was doing."""
    with connect(server) as connection:
        pid = connection.info.backend_pid
        threading.Timer(0.3, os.kill, (pid, signal.SIGSEGV)).start()
        with pytest.raises(psycopg.OperationalError):
            connection.execute(statement)
    end = time.monotonic() + 20
    while not answers(server):
        assert time.monotonic() < end
        time.sleep(0.1)


def answers(server: Embedded) -> bool:
    try:
        return ask(server, "select 1") == 1
    except psycopg.OperationalError:
        return False


def test_secrets_of_our_environment_do_not_reach_the_server(made, monkeypatch):
    monkeypatch.setenv("LIANFANG_KEY", "key of everything")
    monkeypatch.setenv("PGPORT", "1")
    with Embedded(made, password=PASSWORD) as server:
        assert b"everything" not in Path(f"/proc/{running(made).pid}/environ").read_bytes()
        assert ask(server, "select 1") == 1


def test_a_failed_start_shows_the_log_and_leaves_nothing(made):
    (made / "postgres" / "PG_VERSION").write_text("12\n")
    server = Embedded(made, password=PASSWORD)
    with pytest.raises(EmbeddedError, match="incompatible with server") as caught, server:
        pass
    assert caught.value.where == str(made / "postgres.log")
    assert not server.socket.exists()
