"""Processes that work for this one: started again when they die, and ended with it, however."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from lianfang.web.database import launch

if TYPE_CHECKING:
    from collections.abc import Mapping

STOP_SECONDS = 15
RESTART_SECONDS = 2.0
"""Between the ends of a child and its next start: what it needs may be away for a while."""


class Child:
    """A process that ends with this one, by a signal of the system if need be.

    Start it from the main thread: the system looks at the thread that did.

    Args:
        command: program and arguments.
        said: its environment beside ours.
    """

    def __init__(self, command: list[str], said: Mapping[str, str]) -> None:
        # Killed as we were: told to end, a worker would finish its delivery first.
        ours = (os.getpid(), signal.SIGKILL.value, os.geteuid(), os.getegid())
        launcher = [sys.executable, "-I", "-S", launch.__file__, *map(str, ours)]
        self._command, self._env = [*launcher, *command], os.environ | said
        self._again = 0.0
        self.start()

    def start(self) -> None:
        """Start it, with a group of its own: what it starts can be ended with it."""
        self.process = subprocess.Popen(self._command, env=self._env, start_new_session=True)

    def revive(self) -> None:
        """Start it again a while after it has died."""
        if self.process.poll() is None:
            self._again = 0.0
        elif not self._again:
            self._again = time.monotonic() + RESTART_SECONDS
        elif time.monotonic() > self._again:
            self._again = 0.0
            self.start()

    def end(self) -> None:
        """Wait until it has ended as it was told to; else make it."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_SECONDS)
        # A server that is told to end while it starts leaves its own children behind.
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Children(list[Child]):
    """Children that are ended when the `with` ends: by an error, an interrupt, SIGTERM."""

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        signal.signal(signal.SIGTERM, self._before)
        for child in self:
            child.process.terminate()
        for child in self:
            child.end()
        if kind is KeyboardInterrupt:
            sys.exit(0)
