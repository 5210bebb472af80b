"""Becomes a program that ends with the process that started it.

Run by its path, in an isolated interpreter: what it imports is read before the privileges go,
since the other user may not be allowed to read this installation of Python.
"""

from __future__ import annotations

import ctypes
import os
import sys

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
LAST_ACCESS = 0o077


def main(arguments: list[str]) -> None:
    """Take the parent's process id, a signal, a user id, a group id, then a command line."""
    parent, at_its_death, user, group = map(int, arguments[:4])
    library = ctypes.CDLL(None, use_errno=True)
    _drop_privileges(user, group)
    end_with(parent, at_its_death, library)  # only now, for a change of user clears it
    os.umask(LAST_ACCESS)
    os.execv(arguments[4], arguments[4:])  # noqa: S606  there is no shell to want


def end_with(parent: int, at_its_death: int, library: ctypes.CDLL | None = None) -> None:
    """Have the system send this process a signal when its parent ends."""
    set_option = (library or ctypes.CDLL(None, use_errno=True)).prctl
    if set_option(SET_PARENT_DEATH_SIGNAL, at_its_death, 0, 0, 0):
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:  # it ended before the signal was set, and none will come
        sys.exit("the process that started this one has ended")


def _drop_privileges(user: int, group: int) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)


if __name__ == "__main__":
    main(sys.argv[1:])
