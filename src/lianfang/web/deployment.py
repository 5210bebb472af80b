"""A deployment: one folder with its secrets, its originals and, if embedded, its database."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Self

import msgspec

from lianfang.errors import InputError
from lianfang.evidence.originals import Originals
from lianfang.evidence.sealing import MasterKeys

if TYPE_CHECKING:
    from pathlib import Path

SECRETS = "secrets.json"
DATABASE = "lianfang"
ROLES = ("owner", "staff", "worker", "portal", "backup")
"""Of the database. Owner migrates; staff serves the people; worker screens; portal will serve
the public; backup reads everything and does nothing else."""

_KEY_BYTES = 32


class Secrets(msgspec.Struct, frozen=True):
    """What nobody else may know.

    Attributes:
        django: Django's key, for signing sessions.
        superuser: password of the embedded server's `postgres`.
        roles: passwords of the database's roles.
        masters: keys that wrap the keys of originals and seal personal values, by id, in hex.
        master: id of the one in use.
        index: for each purpose the keys of its index of personal values, in hex, the last in use.
    """

    django: str
    superuser: str
    roles: dict[str, str]
    masters: dict[str, str]
    master: str
    index: dict[str, list[str]]

    @classmethod
    def made(cls) -> Self:
        """Fresh ones; keys of an index are made when their purpose is first used."""
        passwords = {role: secrets.token_urlsafe(_KEY_BYTES) for role in ROLES}
        masters = {"1": secrets.token_hex(_KEY_BYTES)}
        own = secrets.token_urlsafe(_KEY_BYTES), secrets.token_urlsafe(_KEY_BYTES)
        return cls(*own, passwords, masters, "1", {})


class Deployment:
    """The folder of a deployment.

    Args:
        home: the folder; `create` makes it, with new secrets, where it isn't there.

    Raises:
        InputError: no deployment is there, or others can read its secrets.
    """

    def __init__(self, home: Path, *, create: bool = False) -> None:
        self.home = home.resolve()
        self._file = self.home / SECRETS
        if create and not self._file.exists():
            self._create()
        self.secrets = self._read()

    @property
    def keys(self) -> MasterKeys:
        """What originals and personal values are sealed with."""
        named = {name: bytes.fromhex(key) for name, key in self.secrets.masters.items()}
        return MasterKeys(named, self.secrets.master)

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

    def clear_incoming(self, before: float) -> None:
        """Remove what a site that died left of files that were being sent.

        Args:
            before: seconds since 1970; what was written to later is left.
        """
        for path in self.incoming.iterdir():
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def index_keys(self, purpose: str) -> list[bytes]:
        """Keys of a purpose's index of personal values, the last in use.

        Raises:
            InputError: the purpose has none.
        """
        keys = self.secrets.index.get(purpose)
        if not keys:
            do = "run lianfang migrate, which makes it"
            raise InputError(f"no index key for the purpose {purpose}", where=SECRETS, do=do)
        return [bytes.fromhex(key) for key in keys]

    def add_index_keys(self, purposes: tuple[str, ...]) -> None:
        """Give each purpose that has none the first key of its index."""
        new = {one: [secrets.token_hex(_KEY_BYTES)] for one in purposes}
        self.secrets = msgspec.structs.replace(self.secrets, index=new | self.secrets.index)
        self._write(self.secrets)

    def _create(self) -> None:
        # Passable: the database's own user must reach its folder when root runs the rest.
        self.home.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._write(Secrets.made())

    def _write(self, made: Secrets) -> None:
        new = self._file.with_suffix(".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(made)))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._file)

    def _read(self) -> Secrets:
        try:
            mode = self._file.stat().st_mode
            made = msgspec.json.decode(self._file.read_bytes(), type=Secrets)
        except FileNotFoundError:
            do = "make a deployment with lianfang migrate"
            raise InputError("no deployment", where=str(self.home), do=do) from None
        except msgspec.DecodeError as error:
            raise InputError(f"damaged: {error}", where=str(self._file), do="restore it") from error
        if mode & 0o077:
            do = "chmod 600, and change the secrets if somebody may have read them"
            raise InputError("others can read the secrets", where=str(self._file), do=do)
        return made
