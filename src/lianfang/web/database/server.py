"""Runs the server's process: starts it, waits until it answers, and stops it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING

from lianfang.web.database.postmaster import PAUSE, read_postmaster
from lianfang.web.database.programs import EmbeddedError, environment

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from lianfang.web.database.programs import Account

PORT = 5432
START_SECONDS = 120.0  # after a crash the server first replays what it had logged
STOP_SECONDS = 30.0
SHOWN_LINES = 12

Process = subprocess.Popen[bytes]

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    # A checkpoint a gigabyte would write most pages of a growing index anew each time.
    "max_wal_size": "4GB",
    "max_connections": "60",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # No value of a statement may get into the log. Messages of errors quote values, and so do
    # the details of a crash: both go to the client alone.
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


def run_server(data: Path, socket: Path, log: Path, account: Account, stack: ExitStack) -> None:
    """Start the server, and let the stack stop it; return when it accepts connections.

    Raises:
        EmbeddedError: it ended instead, or took too long; the error has the log's last lines.
    """
    process = _start(account.command("postgres", *_options(data, socket)), log)
    stack.callback(_stop, process)
    end = time.monotonic() + START_SECONDS
    while not _is_ready(data, process):
        if process.poll() is not None:
            raise _failure("the database server didn't start", log)
        if time.monotonic() > end:
            raise _failure("the database server is still starting", log)
        time.sleep(PAUSE)


def _options(data: Path, socket: Path) -> list[str]:
    quoted = str(socket).replace('"', '""')  # the setting is a list of names
    settings = {**SETTINGS, "unix_socket_directories": f'"{quoted}"'}
    return ["-D", str(data), *(f"--{name}={value}" for name, value in settings.items())]


def _is_ready(data: Path, process: Process) -> bool:
    found = read_postmaster(data)
    return found is not None and found.pid == process.pid and found.ready


def _start(command: list[str], log: Path) -> Process:
    """Start the process from a thread that lasts as long as it.

    The system ends the server with the thread that started it, not with the process.
    """
    started: Future[Process] = Future()
    Thread(target=_keep, args=(command, log, started), name="postgres", daemon=True).start()
    return started.result()


def _keep(command: list[str], log: Path, started: Future[Process]) -> None:
    try:
        process = _open(command, log)
    except OSError as error:
        started.set_exception(error)
    else:
        started.set_result(process)
        process.wait()


def _open(command: list[str], log: Path) -> Process:
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=handle,
            env=environment(),
            cwd="/",
            start_new_session=True,  # or an interrupt from the keyboard would end it before us
        )
    finally:
        os.close(handle)


def _stop(process: Process) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait()


def _failure(what: str, log: Path) -> EmbeddedError:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-SHOWN_LINES:]
    return EmbeddedError("\n  ".join([what, *lines]), where=str(log), do="see its last lines above")
