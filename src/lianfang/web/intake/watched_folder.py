"""One source's watched folder: what lies in it, taken step by step so that no kill loses a file.

A file is moved into `taking/` before it is read, and from there into `done/` once it is captured
and its delivery committed, or into `refused/` beside a text that says why. What a killed worker
left in `taking/` comes first next time; the same content twice adds nothing twice. Folders are
opened once, without following links, and files by their names within them.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from lianfang.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

TAKING, DONE, REFUSED = "taking", "done", "refused"
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".swp")
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
NO_FILE = "not an ordinary file that can be read (a link, or something else)"
MOST_TRIES = 10_000


class Folders(NamedTuple):
    """Open handles of a source's folder and of those in it."""

    top: int
    taking: int
    done: int
    refused: int


@contextmanager
def folders(watched: int, name: str) -> Iterator[Folders]:
    """Open a source's folder, made if need be.

    Raises:
        OSError: one of them is a link, or can't be opened.
    """
    handles: list[int] = []
    try:
        top = _opened(watched, name, handles)
        rest = [_opened(top, each, handles) for each in (TAKING, DONE, REFUSED)]
        yield Folders(top, *rest)
    finally:
        for handle in handles:
            os.close(handle)


def claimed(at: Folders, *, still_since: float) -> Iterator[str]:
    """Yield names in `taking/`: what was left there, then what has been still for long enough.

    Args:
        at: the source's folders.
        still_since: seconds since 1970; what changed later is still being written.
    """
    yield from _names(at.taking)
    for name in _names(at.top):
        if _is_ready(at, name, still_since):
            yield _moved(name, at.top, at.taking)


@contextmanager
def reading(at: Folders, name: str) -> Iterator[BinaryIO]:
    """Give a file in `taking/`.

    Raises:
        InputError: it is a link or no ordinary file.
        ChangedError: on leaving; it was written to meanwhile.
    """
    try:
        handle = os.open(name, FILE, dir_fd=at.taking)
    except OSError as error:
        raise InputError(NO_FILE, do="put the file itself there") from error
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode) or before.st_nlink != 1:
            raise InputError(NO_FILE, do="put the file itself there")
        yield file
        if _version(os.fstat(handle)) != _version(before):
            raise ChangedError


class ChangedError(Exception):
    """A file changed while it was read; it is read again next time."""


def finish(at: Folders, name: str, number: int) -> None:
    """Move a file whose delivery is committed."""
    _moved(name, at.taking, at.done, f"{number}-")


def refuse(at: Folders, name: str, why: str) -> None:
    """Move a file that can't be taken, and say why beside it."""
    moved = _moved(name, at.taking, at.refused)
    with suppress(FileExistsError):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(f"{moved}.why.txt", flags, 0o600, dir_fd=at.refused)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(why + "\n")


def _opened(parent: int, name: str, handles: list[int]) -> int:
    with suppress(FileExistsError):
        os.mkdir(name, 0o700, dir_fd=parent)
    handle = os.open(name, FOLDER, dir_fd=parent)
    handles.append(handle)
    return handle


def _names(folder: int) -> list[str]:
    with os.scandir(folder) as found:
        return sorted(one.name for one in found)


def _is_ready(at: Folders, name: str, still_since: float) -> bool:
    if name.startswith(".") or name.lower().endswith(UNFINISHED):
        return False
    try:
        told = os.stat(name, dir_fd=at.top, follow_symlinks=False)
    except OSError:
        return False
    return not stat.S_ISDIR(told.st_mode) and max(told.st_mtime, told.st_ctime) < still_since


def _version(told: os.stat_result) -> tuple[int, int, int]:
    return told.st_size, told.st_mtime_ns, told.st_nlink


def _moved(name: str, source: int, target: int, start: str = "") -> str:
    """Move under a name that isn't taken; nobody but who holds the watcher's lock moves here."""
    for place in range(MOST_TRIES):
        new = start + (f"{place}-{name}" if place else name)
        if not _is_there(new, target):
            os.rename(name, new, src_dir_fd=source, dst_dir_fd=target)
            return new
    raise OSError(f"{MOST_TRIES} files of one name")


def _is_there(name: str, folder: int) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True
