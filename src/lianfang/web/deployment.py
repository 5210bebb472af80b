"""A deployment: one folder with its secrets, its originals and, if embedded, its database."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import msgspec

from lianfang.errors import InputError
from lianfang.evidence.originals import Originals
from lianfang.evidence.sealing import MasterKeys
from lianfang.web.secret_file import ROLES, SecretFile, Secrets, new_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["DATABASE", "ROLES", "SECRETS", "Deployment", "Secrets"]

SECRETS = "secrets.json"
DATABASE = "lianfang"


class Deployment:
    """The folder of a deployment.

    Args:
        home: the folder; `create` makes it, with new secrets, where it isn't there.

    Raises:
        InputError: no deployment is there, or others can read its secrets.
    """

    def __init__(self, home: Path, *, create: bool = False) -> None:
        self.home = home.resolve()
        self._file = SecretFile(self.home / SECRETS)
        self._masters: dict[str, bytes] = {}
        if create and not self._file.path.exists():
            # Passable: the database's own user must reach its folder when root runs the rest.
            self.home.mkdir(mode=0o711, parents=True, exist_ok=True)
            self._file.make()
        self._file.read()

    @property
    def secrets(self) -> Secrets:
        """The secrets as they are now: another process may have changed a key."""
        return self._file.read()

    def change_secrets(self, changed: Callable[[Secrets], Secrets]) -> None:
        """Write what a function makes of the secrets; nobody else changes them meanwhile."""
        self._file.change(changed)

    @property
    def keys(self) -> MasterKeys:
        """What originals and personal values are sealed with."""
        return MasterKeys(self._known(), self.secrets.master, more=self._known)

    def _known(self) -> dict[str, bytes]:
        """Every master key that this process has met.

        One that was retired since stays: what the process has fetched before may be under it.
        """
        now = {name: bytes.fromhex(key) for name, key in self.secrets.masters.items()}
        self._masters = self._masters | now  # a new one: other threads may be reading the old
        return self._masters

    @property
    def originals(self) -> Originals:
        """Where captured bytes are kept."""
        folder = self.home / "originals"
        folder.mkdir(mode=0o700, exist_ok=True)
        return Originals(folder, self.keys)

    @property
    def incoming(self) -> Path:
        """Where a file lies while it is being sent."""
        folder = self.home / "incoming"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    @property
    def watched(self) -> Path:
        """Where files are put that are to be taken from there, a folder for each source."""
        folder = self.home / "watched"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def clear_incoming(self, before: float) -> None:
        """Remove what a site that died left of files that were being sent.

        Args:
            before: seconds since 1970; what was written to later is left.
        """
        for path in self.incoming.iterdir():
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def index_keys(self, purpose: str) -> dict[int, bytes]:
        """Keys of a purpose's index of personal values by their versions, the last in use.

        Raises:
            InputError: the purpose has none.
        """
        keys = self.secrets.index.get(purpose, [])
        return {
            version: bytes.fromhex(key) for version, key in enumerate(keys, 1) if key
        } or _no_key(purpose)

    def row_key(self, purpose: str) -> bytes:
        """The key by which the same row of a purpose is known again; it never changes.

        Raises:
            InputError: the purpose has none.
        """
        key = self.secrets.rows.get(purpose)
        return bytes.fromhex(key) if key else _no_key(purpose)

    def add_purpose_keys(self, purposes: tuple[str, ...]) -> None:
        """Give each purpose that has none its first keys."""

        def added(now: Secrets) -> Secrets:
            index = {one: [new_key()] for one in purposes} | now.index
            # Rows were known by the first key of the index, before they had a key of their own.
            of_old = {purpose: keys[0] for purpose, keys in now.index.items() if keys[0]}
            rows = {one: new_key() for one in purposes} | of_old | now.rows
            return msgspec.structs.replace(now, index=index, rows=rows)

        self.change_secrets(added)


def _no_key(purpose: str) -> NoReturn:
    do = "run lianfang migrate, which makes it"
    raise InputError(f"no key for the purpose {purpose}", where=SECRETS, do=do)
