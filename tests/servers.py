"""The database server of the tests: the built-in one, or Debian's over TCP.

`LIANFANG_TEST_SERVER=15` starts one of /usr/lib/postgresql/15/bin for each deployment, in a
folder of its own; `make test` runs the tests marked `database` that way too.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import rmtree

import psycopg

from lianfang.web import operations
from lianfang.web.database import launch
from lianfang.web.database.programs import choose_account
from lianfang.web.places import URL

MAJOR = os.environ.get("LIANFANG_TEST_SERVER", "")
PASSWORD = "of/tests@2026"  # noqa: S105  with what a URL must quote
START_SECONDS = 60


@contextmanager
def database_of(deployment):
    """Give the place of a deployment's database, and what commands must be told to find it."""
    if not MAJOR:
        with operations.database(deployment) as place:
            yield place, {}
        return
    with debian(MAJOR) as url:
        yield url.rpartition("@")[2], {URL: url}


@contextmanager
def debian(major):
    """Run a server of Debian's package, on TCP alone; give the URL of an empty database."""
    binaries = Path(f"/usr/lib/postgresql/{major}/bin")
    with ExitStack() as stack:
        home = Path(tempfile.mkdtemp(prefix=f"lianfang-postgres-{major}-"))
        stack.callback(rmtree, home)
        home.chmod(0o711)
        account, data = choose_account(home / "data"), home / "data"
        _run(account, binaries / "initdb", *_cluster(account, home))
        port = _free_port()
        options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": ""}
        words = [f"--{name}={value}" for name, value in options.items()]
        server = _start(account, binaries / "postgres", "-D", data, "--fsync=off", *words)
        stack.callback(_stop, server)
        url = f"postgresql://postgres:{PASSWORD.replace('/', '%2F').replace('@', '%40')}"
        _await(port)
        yield f"{url}@127.0.0.1:{port}/lianfang"


def _cluster(account, home):
    data, secret = home / "data", home / "password"
    data.mkdir(mode=0o700)
    secret.write_text(PASSWORD)
    for path in (data, secret):
        account.own(path)
    # An order of texts that isn't ours: what we make mustn't depend on it.
    return (f"--pgdata={data}", f"--pwfile={secret}", "--username=postgres", "--encoding=UTF8",
            "--auth=scram-sha-256", "--locale=C.UTF-8", "--no-sync")  # fmt: skip


def _command(account, program, words):
    told = (os.getpid(), signal.SIGINT.value, account.user, account.group)
    return [sys.executable, "-I", "-S", launch.__file__, *map(str, (*told, program, *words))]


def _run(account, program, *words):
    done = subprocess.run(
        _command(account, program, words), capture_output=True, text=True, cwd="/", check=False
    )
    assert done.returncode == 0, done.stderr


def _start(account, program, *words):
    silent = subprocess.DEVNULL
    return subprocess.Popen(
        _command(account, program, words),
        stdout=silent,
        stderr=silent,
        cwd="/",
        start_new_session=True,
    )


def _stop(server):
    server.send_signal(signal.SIGINT)
    server.wait(30)


def _await(port):
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="postgres", password=PASSWORD).close()
        except psycopg.OperationalError:
            assert time.monotonic() < end
            time.sleep(0.1)
        else:
            return


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
