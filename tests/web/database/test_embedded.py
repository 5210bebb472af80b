from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from lianfang.web.database import cluster, embedded, postmaster, programs, server, socket_folder
from lianfang.web.database.embedded import Embedded, EmbeddedError, binary
from lianfang.web.database.postmaster import PID_FILE, read_postmaster
from lianfang.web.database.socket_folder import SOCKET, folder_for

PASSWORD = "correct horse 电池"
AS_ROOT = os.geteuid() == 0
OWNER = """
import sys, time
from pathlib import Path
from lianfang.web.database.embedded import Embedded
with Embedded(Path(sys.argv[1]), password=sys.argv[2]) as server:
    print(server.owned, flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def template():
    """Make the data once: initdb takes far longer than a start."""
    folder = Path(tempfile.mkdtemp(prefix="lianfang-cluster-"))
    folder.chmod(0o711)
    with Embedded(folder, password=PASSWORD):
        pass
    yield folder / "postgres"
    shutil.rmtree(folder)


@pytest.fixture
def made(home, template):
    """Give a home that has data already."""
    shutil.copytree(template, home / "postgres")
    return home


def connect(server: Embedded, password: str = PASSWORD) -> psycopg.Connection:
    wanted = server.parameters(user="postgres", password=password, database="postgres")
    return psycopg.connect(**wanted, autocommit=True)


def ask(server: Embedded, query: str) -> object:
    with connect(server) as connection:
        return connection.execute(query).fetchone()[0]


def keep(server: Embedded, value: str) -> None:
    with connect(server) as connection:
        connection.execute("create table kept (value text)")
        connection.execute("insert into kept values (%s)", [value])


def running(home: Path) -> postmaster.Postmaster:
    found = read_postmaster(home / "postgres")
    assert found is not None
    return found


def ended(server: postmaster.Postmaster, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while server.runs and time.monotonic() < end:
        time.sleep(0.05)
    return not server.runs


@contextmanager
def owner(home: Path, **variables: str):
    """Run a server in another process; wait until it has started."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, home, PASSWORD],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **variables},
    )
    try:
        assert process.stdout.readline() == "True\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_it_answers_and_its_data_outlast_it(home):
    with Embedded(home, password=PASSWORD) as server:
        assert server.owned
        assert ask(server, "show server_version").startswith("18.")
        keep(server, "联防")
    assert not server.owned
    assert not server.socket.exists()
    with Embedded(home, password=PASSWORD + "2") as server:
        assert ask(server, "select value from kept") == "联防"
    assert sorted(path.name for path in home.iterdir()) == [
        "postgres",
        "postgres.lock",
        "postgres.log",
    ]


def test_what_is_set(home):
    wanted = {
        "listen_addresses": "",
        "shared_buffers": "128MB",
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


def test_only_we_may_reach_the_socket(home):
    with Embedded(home, password=PASSWORD) as server:
        folder, data = server.socket.stat(), (home / "postgres").stat()
        assert folder.st_mode & 0o777 == 0o700
        assert folder.st_uid == data.st_uid
        assert bool(data.st_uid) or not AS_ROOT


def test_a_running_server_is_borrowed_and_left_running(made, tmp_path):
    # Unlike ours, so that the socket must be looked up: the temporary folder may differ.
    other = Path(tempfile.mkdtemp(prefix="lf-"))
    other.chmod(0o711)
    with owner(made, TMPDIR=str(other)) as process:
        with Embedded(made, password=PASSWORD) as server:
            assert not server.owned
            assert server.socket.parent == other
            assert ask(server, "select 1") == 1
        assert running(made).ready
        process.send_signal(signal.SIGINT)
        process.wait(90)
    other.rmdir()  # empty: the owner took its socket away
    assert read_postmaster(made / "postgres") is None


def test_one_process_may_enter_twice(made):
    with Embedded(made, password=PASSWORD) as first:
        with Embedded(made, password=PASSWORD) as second:
            assert (first.owned, second.owned) == (True, False)
        assert ask(first, "select 1") == 1


def test_who_waits_for_an_owner_that_stops_takes_over(made):
    with Embedded(made, password=PASSWORD) as first:
        (made / "postgres" / PID_FILE).rename(made / "hidden")  # as while it starts
        second = Embedded(made, password=PASSWORD)
        waiting = threading.Thread(target=second.__enter__)
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive()
        (made / "hidden").rename(made / "postgres" / PID_FILE)
        waiting.join(10)
        assert not second.owned
    with second:
        assert second.owned
    assert not first.owned


def test_a_lock_without_a_server_is_told(home, monkeypatch):
    monkeypatch.setattr(embedded, "BORROW_SECONDS", 0.2)
    handle = os.open(home / "postgres.lock", os.O_RDWR | os.O_CREAT)
    assert embedded._lock(handle)
    with pytest.raises(EmbeddedError, match="doesn't answer"), Embedded(home, password=PASSWORD):
        pass
    os.close(handle)


def test_a_killed_owner_takes_its_server_along(made):
    with owner(made) as process:
        server = running(made)
        process.kill()
        process.wait()
        assert ended(server)
        with Embedded(made, password=PASSWORD) as after:
            assert after.owned
            assert ask(after, "select 1") == 1


def test_a_start_right_after_the_kill_waits_for_the_old_server(made):
    with owner(made) as process:
        old = running(made)
        process.kill()
        process.wait()
        with Embedded(made, password=PASSWORD) as after:
            assert not old.runs
            assert after.owned
            assert ask(after, "select 1") == 1


@pytest.mark.slow
def test_an_old_server_that_does_not_end_is_made_to(made, monkeypatch):
    monkeypatch.setattr(embedded, "BORROW_SECONDS", 8)  # it kills its children after 5
    with owner(made) as process:
        old = running(made)
        os.kill(child(old.pid, "checkpointer"), signal.SIGSTOP)  # keeps it from a fast end
        process.kill()
        process.wait()
        with Embedded(made, password=PASSWORD) as after:
            assert not old.runs
            assert ask(after, "select 1") == 1


def child(parent: int, role: str) -> int:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return next(int(pid) for pid in children if role in Path(f"/proc/{pid}/cmdline").read_text())


def test_a_server_that_somebody_started_by_hand_is_left_alone(made, monkeypatch):
    monkeypatch.setattr(embedded, "BORROW_SECONDS", 0.2)
    data, account = made / "postgres", programs.choose_account(made / "postgres")
    cluster.make_cluster(data, PASSWORD, account)
    with ExitStack() as stack:
        socket_folder.make_folder(made / "hand", account, stack)
        server.run_server(data, made / "hand", made / "hand.log", account, stack)
        mine = Embedded(made, password=PASSWORD)
        with pytest.raises(EmbeddedError, match="without an owner") as caught, mine:
            pass
        assert str(running(made).pid) in caught.value.do
        assert running(made).ready


def test_a_killed_server_leaves_nothing_that_hinders(made):
    with Embedded(made, password=PASSWORD) as server:
        keep(server, "联防")
        old = running(made)
        os.kill(old.pid, signal.SIGKILL)
        assert ended(old)
    assert (made / "postgres" / PID_FILE).exists()
    with Embedded(made, password=PASSWORD) as server:
        assert ask(server, "select value from kept") == "联防"


def test_a_stale_file_that_names_a_later_process_does_not_hinder(made):
    with Embedded(made, password=PASSWORD) as server:
        lines = (made / "postgres" / PID_FILE).read_text().splitlines()
        lock = (server.socket / f"{SOCKET}.lock").read_text().splitlines()
    user = (made / "postgres").stat().st_uid
    other = subprocess.Popen(["sleep", "600"], user=user if AS_ROOT else None)
    try:
        leave(made / "postgres" / PID_FILE, [str(other.pid), *lines[1:]], user)
        server.socket.mkdir(mode=0o700)
        leave(server.socket / f"{SOCKET}.lock", [str(other.pid), *lock[1:]], user)
        with Embedded(made, password=PASSWORD) as again:
            assert ask(again, "select 1") == 1
    finally:
        other.kill()
        other.wait()


def leave(path: Path, lines: list[str], user: int) -> None:
    path.write_text("".join(f"{line}\n" for line in lines))
    if AS_ROOT:
        os.chown(path, user, -1)


def test_it_outlives_the_thread_that_entered(made):
    server = Embedded(made, password=PASSWORD)
    entering = threading.Thread(target=server.__enter__)
    entering.start()
    entering.join()
    time.sleep(0.5)
    assert ask(server, "select 1") == 1
    server.__exit__()


def test_an_interrupt_of_the_terminal_is_left_to_us(made):
    with Embedded(made, password=PASSWORD):
        assert os.getpgid(running(made).pid) != os.getpgid(0)


def test_a_linked_socket_folder_is_refused(home, tmp_path):
    server = Embedded(home, password=PASSWORD)
    server.socket.symlink_to(tmp_path)
    try:
        with pytest.raises(EmbeddedError, match="not a folder but a link"), server:
            pass
    finally:
        server.socket.unlink()
    assert not list(tmp_path.iterdir())


def test_an_open_socket_folder_is_refused(home):
    server = Embedded(home, password=PASSWORD)
    server.socket.mkdir()
    server.socket.chmod(0o770)
    try:
        with pytest.raises(EmbeddedError, match="open to other users"), server:
            pass
    finally:
        server.socket.rmdir()


@pytest.mark.skipif(not AS_ROOT, reason="only root can prepare a folder of another user")
def test_a_socket_folder_of_somebody_else_is_refused(home):
    server = Embedded(home, password=PASSWORD)
    server.socket.mkdir(mode=0o700)
    os.chown(server.socket, 12345, 12345)
    try:
        with pytest.raises(EmbeddedError, match="belongs to another user"), server:
            pass
    finally:
        server.socket.rmdir()


def test_a_long_socket_path_is_told(home, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(home / ("x" * 80)))
    with pytest.raises(EmbeddedError, match="longer than 107 bytes") as caught:
        Embedded(home, password=PASSWORD)
    assert "TMPDIR" in caught.value.do


def test_a_socket_folder_with_odd_characters(made, monkeypatch):
    odd = made / "a 'b' \"c\""
    odd.mkdir()
    odd.chmod(0o711)
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    with Embedded(made, password=PASSWORD) as server:
        assert server.socket.parent == odd
        assert ask(server, "select 1") == 1


def test_a_comma_in_the_socket_path_is_told(home, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(home / "a,b"))
    with pytest.raises(EmbeddedError, match="comma"):
        Embedded(home, password=PASSWORD)


def test_each_home_has_its_own_socket(home):
    assert folder_for(home / "a") != folder_for(home / "b")


def test_leftovers_of_an_interrupted_start_are_swept_up(made):
    left = made / "postgres.new-abc"
    (left / "data" / "base").mkdir(parents=True)
    (left / "password").write_text("left")
    with Embedded(made, password=PASSWORD) as server:
        assert ask(server, "select 1") == 1
        assert not list(made.glob("*.new-*"))


def test_a_kill_in_the_midst_of_initdb_does_not_hinder(home):
    arguments = [sys.executable, "-c", OWNER, home, PASSWORD]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not list(home.glob("postgres.new-*/data/base")):
            time.sleep(0.01)
        process.kill()
    assert list(home.glob("postgres.new-*/password"))
    assert not (home / "postgres").exists()
    with Embedded(home, password=PASSWORD) as server:
        assert ask(server, "select 1") == 1
    with Embedded(home, password=PASSWORD):
        assert not list(home.glob("*.new-*"))


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


def test_a_failed_initdb_is_told(home, monkeypatch):
    monkeypatch.setattr("lianfang.web.database.cluster.OPTIONS", ("--encoding=none",))
    with pytest.raises(EmbeddedError, match="initdb: error"), Embedded(home, password=PASSWORD):
        pass
    assert not (home / "postgres").exists()
    assert not list(home.glob("*.new-*"))


def test_a_missing_home_is_told(home):
    with (
        pytest.raises(EmbeddedError, match="No such file") as caught,
        Embedded(home / "none", password=PASSWORD),
    ):
        pass
    assert str(home / "none") in caught.value.where


@pytest.mark.parametrize("password", ["", "two\nlines", "zero\0"])
def test_a_bad_password_is_refused(home, password):
    with pytest.raises(EmbeddedError, match="password"):
        Embedded(home, password=password)


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
