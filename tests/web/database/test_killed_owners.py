from __future__ import annotations

import os
import signal
import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest

from lianfang.web.database import cluster, embedded, programs, server, socket_folder
from lianfang.web.database.embedded import Embedded, EmbeddedError
from lianfang.web.database.postmaster import PID_FILE
from lianfang.web.database.socket_folder import SOCKET
from web.database.running import AS_ROOT, PASSWORD, ask, ended, keep, owner, running


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
