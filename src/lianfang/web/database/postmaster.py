"""What the server says of itself in the file postmaster.pid of its data folder."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import msgspec

from lianfang.web.database.programs import EmbeddedError

PID_FILE = "postmaster.pid"
# Lines of the file; see src/include/utils/pidfile.h of PostgreSQL.
PID_LINE, SOCKET_LINE, STATUS_LINE = 0, 4, 7
PAUSE = 0.05


class Postmaster(msgspec.Struct, frozen=True):
    """A server, running or crashed: its process id, its socket's folder, and its status."""

    data: Path
    pid: int
    socket: Path | None
    status: str

    @property
    def runs(self) -> bool:
        """Whether the process is a server on this data, not a later one of the same id."""
        try:
            words = Path(f"/proc/{self.pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return str(self.data).encode() in words

    @property
    def ready(self) -> bool:
        """Whether it accepts connections."""
        return self.status == "ready" and self.runs


def read_postmaster(data: Path) -> Postmaster | None:
    """Read the file; None where there is none, or it's still being written."""
    try:
        lines = (data / PID_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return None
    if not lines or not lines[PID_LINE].strip().isdecimal():
        return None
    socket = Path(lines[SOCKET_LINE]) if len(lines) > SOCKET_LINE else None
    status = lines[STATUS_LINE].strip() if len(lines) > STATUS_LINE else ""
    return Postmaster(data, int(lines[PID_LINE]), socket, status)


def await_end(data: Path, seconds: float) -> None:
    """Wait for a server whose owner was killed, and clear away its file.

    A file whose process is gone stays: the server looks itself for what is left of the old one.

    Raises:
        EmbeddedError: it still runs.
    """
    old = _await(data, seconds)
    if old and old.runs and old.status == "stopping":
        # PostgreSQL 18 never ends a fast shutdown asked for while it recovers from a crash.
        os.kill(old.pid, signal.SIGQUIT)
        old = _await(data, seconds)
    if old and old.runs:
        do = f"stop it with: kill -INT {old.pid}"
        raise EmbeddedError("a server without an owner runs here", where=str(data), do=do)
    if old and Path(f"/proc/{old.pid}").exists():
        (data / PID_FILE).unlink(missing_ok=True)


def _await(data: Path, seconds: float) -> Postmaster | None:
    end = time.monotonic() + seconds
    while (server := read_postmaster(data)) and server.runs and time.monotonic() < end:
        time.sleep(PAUSE)
    return server
