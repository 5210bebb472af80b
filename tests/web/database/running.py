"""A built-in server that runs, here or in a process of its own, and what is asked of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager

import psycopg

from lianfang.web.database.postmaster import read_postmaster

PASSWORD = "correct horse 电池"
AS_ROOT = os.geteuid() == 0
OWNER = """
import signal, sys, time
from pathlib import Path
from lianfang.web.database.embedded import Embedded
# A shell's background command ignores the signal, and so would what it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
with Embedded(Path(sys.argv[1]), password=sys.argv[2]) as server:
    print(server.owned, flush=True)
    time.sleep(600)
"""


def connect(server, password=PASSWORD):
    wanted = server.parameters(user="postgres", password=password, database="postgres")
    return psycopg.connect(**wanted, autocommit=True)


def ask(server, query):
    with connect(server) as connection:
        return connection.execute(query).fetchone()[0]


def keep(server, value):
    with connect(server) as connection:
        connection.execute("create table kept (value text)")
        connection.execute("insert into kept values (%s)", [value])


def running(home):
    found = read_postmaster(home / "postgres")
    assert found is not None
    return found


def ended(server, seconds=10):
    end = time.monotonic() + seconds
    while server.runs and time.monotonic() < end:
        time.sleep(0.05)
    return not server.runs


@contextmanager
def owner(home, **variables):
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
