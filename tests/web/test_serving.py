"""`lianfang serve` and the processes that it starts: they end with it, and are started again."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from web.intake.deployed import deployed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made():
    with deployed() as made:
        yield made


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def serve(made, port, **options):
    command = [sys.executable, "-m", "lianfang", "serve", "--home", made.home, "--port", str(port)]
    return subprocess.Popen(command, env=made.env, **options)


@contextmanager
def serving(made):
    port = free_port()
    process = serve(made, port, stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(port))
        yield process, port
    finally:
        process.kill()
        process.wait()


def answers(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def until(met, seconds=180):
    end = time.monotonic() + seconds
    while not (found := met()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


def family(pid):
    """The processes that a process started, and those that they did."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in map(int, told) for one in (child, *family(child))]


def runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def worker_of(process):
    found = [p for p in family(process.pid) if b"lianfang.web.worker" in command_line(p)]
    return found[0] if found else None


def command_line(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_all_end_with_it(made, how):
    with serving(made) as (process, port):
        children = family(process.pid)
        assert len(children) > 3  # a worker, the site and those who answer for it
        process.send_signal(how)
        process.wait(120)
        until(lambda: not any(map(runs, children)))
        until(lambda: not answers(port))


def test_a_worker_that_dies_is_started_again(made):
    with serving(made) as (process, _):
        first = until(lambda: worker_of(process))
        subprocess.run(["kill", "-9", str(first)], check=True)
        assert until(lambda: (now := worker_of(process)) != first and now)


def test_a_port_that_is_taken_is_told(made):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        second = serve(made, port, stderr=subprocess.PIPE, text=True)
        _, said = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"127.0.0.1:{port}: another program answers there" in said
