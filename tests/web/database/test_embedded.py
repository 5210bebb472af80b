from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from pathlib import Path

import pytest

from lianfang.web.database import embedded
from lianfang.web.database.embedded import Embedded, EmbeddedError
from lianfang.web.database.postmaster import PID_FILE, read_postmaster
from web.database.running import PASSWORD, ask, keep, owner, running


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


def test_it_outlives_the_thread_that_entered(made):
    server = Embedded(made, password=PASSWORD)
    entering = threading.Thread(target=server.__enter__)
    entering.start()
    entering.join()
    time.sleep(0.5)
    assert ask(server, "select 1") == 1
    server.__exit__()


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
