"""Becomes a program of PostgreSQL that ends with the process that started it.

Run by its path, in an isolated interpreter: what it imports is read before the privileges go,
since the other user may not be allowed to read this installation of Python.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
LAST_ACCESS = 0o077


def main(arguments: list[str]) -> None:
    """Take the parent's process id, a user id, a group id, and then the program's command line."""
    parent, user, group = map(int, arguments[:3])
    set_option = ctypes.CDLL(None, use_errno=True).prctl
    _drop_privileges(user, group)
    # Only now, for a change of user clears it. The signal asks the server to shut down fast.
    if set_option(SET_PARENT_DEATH_SIGNAL, signal.SIGINT, 0, 0, 0):
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:  # it ended before the signal was set, and none will come
        sys.exit("the process that started this one has ended")
    os.umask(LAST_ACCESS)
    os.execv(arguments[3], arguments[3:])  # noqa: S606  there is no shell to want


def _drop_privileges(user: int, group: int) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)


if __name__ == "__main__":
    main(sys.argv[1:])
