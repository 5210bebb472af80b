"""The folder of the server's socket: short of path, and closed to everybody else."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lianfang.web.database.programs import EmbeddedError
from lianfang.web.database.server import PORT

if TYPE_CHECKING:
    from contextlib import ExitStack

    from lianfang.web.database.programs import Account

SOCKET = f".s.PGSQL.{PORT}"
PATH_BYTES = 107  # sun_path of unix(7), without its last zero
OWN_TEMP = "remove it, or set TMPDIR to a folder of your own"


def folder_for(data: Path) -> Path:
    """Return the folder's path, always the same for the same data.

    Raises:
        EmbeddedError: no client could use the path: it's too long, or has a comma.
    """
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()).resolve() / f"lianfang-{digest}"
    if len(os.fsencode(folder / SOCKET)) > PATH_BYTES:
        raise _unusable(folder, f"is longer than {PATH_BYTES} bytes")
    if "," in str(folder):  # splits the list of hosts that a client takes
        raise _unusable(folder, "has a comma")
    return folder


def make_folder(folder: Path, account: Account, stack: ExitStack) -> None:
    """Make the folder, or take the one a crash left; let the stack remove it.

    Raises:
        EmbeddedError: something is there that others may have prepared.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    _check(folder, account)
    account.own(folder)
    stack.callback(shutil.rmtree, folder, ignore_errors=True)
    # A lock file of a crashed server may name a process that is another one by now.
    for name in (SOCKET, f"{SOCKET}.lock"):
        (folder / name).unlink(missing_ok=True)


def _unusable(folder: Path, what: str) -> EmbeddedError:
    what = f"the path of the database socket {what}"
    return EmbeddedError(what, where=str(folder), do="set TMPDIR to a folder of another path")


def _check(folder: Path, account: Account) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise EmbeddedError("not a folder but a link", where=str(folder), do=OWN_TEMP)
    if found.st_uid not in {os.geteuid(), account.user}:
        raise EmbeddedError("belongs to another user", where=str(folder), do=OWN_TEMP)
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise EmbeddedError("open to other users", where=str(folder), do=OWN_TEMP)
