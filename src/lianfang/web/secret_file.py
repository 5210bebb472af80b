"""The file of a deployment's keys and passwords: read anew when it changes."""

from __future__ import annotations

import fcntl
import os
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Self

import msgspec

from lianfang.errors import InputError
from lianfang.evidence.names import keep_names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROLES = ("owner", "staff", "worker", "portal", "backup")
"""Of the database. Owner migrates; staff serves the people; worker screens; portal will serve
the public; backup reads everything and does nothing else."""

_KEY_BYTES = 32


class KeyShown(NamedTuple):
    """A key, told without it.

    Attributes:
        name: what it's for: `master`, `index` or `rows` and a purpose.
        version: 1 and up.
        in_use: False while it's being retired.
        fingerprint: tells two keys apart.
    """

    name: str
    version: int
    in_use: bool
    fingerprint: str


class Secrets(msgspec.Struct, frozen=True):
    """What nobody else may know.

    Attributes:
        django: Django's key, for signing sessions.
        superuser: password of the embedded server's `postgres`.
        roles: passwords of the database's roles.
        masters: keys that wrap the keys of originals and seal personal values, by id, in hex.
        master: id of the one in use.
        index: for each purpose the keys of its index of personal values, in hex: version 1, 2 and
            so on, the last in use. One that was retired is empty.
        rows: for each purpose the key by which the same row is known again, in hex. It stays.
    """

    django: str
    superuser: str
    roles: dict[str, str]
    masters: dict[str, str]
    master: str
    index: dict[str, list[str]]
    rows: dict[str, str] = {}

    @classmethod
    def made(cls) -> Self:
        """Fresh ones; keys of a purpose are made when it is first used."""
        passwords = {role: secrets.token_urlsafe(_KEY_BYTES) for role in ROLES}
        own = secrets.token_urlsafe(_KEY_BYTES), secrets.token_urlsafe(_KEY_BYTES)
        return cls(*own, passwords, {"1": new_key()}, "1", {})

    def listed(self) -> list[KeyShown]:
        """Every key that isn't retired."""
        return [
            *(
                _shown("master", int(name), name == self.master, key)
                for name, key in self.masters.items()
            ),
            *(
                _shown(f"index {purpose}", version, version == len(keys), key)
                for purpose, keys in self.index.items()
                for version, key in enumerate(keys, 1)
                if key
            ),
            *(_shown(f"rows {purpose}", 1, True, key) for purpose, key in self.rows.items()),
        ]


def _shown(name: str, version: int, in_use: bool, key: str) -> KeyShown:  # noqa: FBT001
    return KeyShown(name, version, in_use, sha256(bytes.fromhex(key)).hexdigest()[:12])


def new_key() -> str:
    """A random key, in hex."""
    return secrets.token_hex(_KEY_BYTES)


class SecretFile:
    """The secrets of a deployment, as they stand in its file.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[tuple[int, int], Secrets] | None = None

    def make(self) -> None:
        """Write fresh secrets."""
        self._write(Secrets.made())

    def read(self) -> Secrets:
        """The secrets as they are now; asked of the system each time, read when they changed.

        Raises:
            InputError: there are none, they are damaged, or others can read them.
        """
        try:
            told = self.path.stat()
            now = (told.st_mtime_ns, told.st_ino)
            if self._read is None or self._read[0] != now:
                self._read = now, self._checked(told.st_mode)
        except FileNotFoundError:
            do = "make a deployment with lianfang migrate"
            raise InputError("no deployment", where=str(self.path.parent), do=do) from None
        return self._read[1]

    def change(self, changed: Callable[[Secrets], Secrets]) -> None:
        """Write what a function makes of the secrets; nobody else changes them meanwhile."""
        handle = os.open(self.path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            before = self.read()
            if (after := changed(before)) != before:
                self._write(after)
        finally:
            os.close(handle)

    def _checked(self, mode: int) -> Secrets:
        if mode & 0o077:
            do = "chmod 600, and change the secrets if somebody may have read them"
            raise InputError("others can read the secrets", where=str(self.path), do=do)
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Secrets)
        except msgspec.DecodeError as error:
            raise InputError(f"damaged: {error}", where=str(self.path), do="restore it") from error

    def _write(self, made: Secrets) -> None:
        new = self.path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(made)))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)
        keep_names(self.path.parent)
