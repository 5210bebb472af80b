"""What a copy of a deployment holds, and whether it's whole and fits some secrets."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Self

import msgspec

from lianfang.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from lianfang.web.secret_file import Secrets

DUMP, ORIGINALS, MANIFEST = "database.dump", "originals", "manifest.json"
BLOCK = 1 << 20


class Manifest(msgspec.Struct, frozen=True):
    """What a copy holds.

    Attributes:
        dump_sha256: digest of the dump.
        originals: how many there are.
        keys: fingerprints of the keys that it was made under, by name and version.
    """

    dump_sha256: str
    originals: int
    keys: dict[str, str] = {}

    @classmethod
    def of(cls, folder: Path, keys: dict[str, str]) -> Self:
        """Look at what lies in a folder."""
        originals = sum(path.is_file() for path in (folder / ORIGINALS).rglob("*"))
        return cls(_digest(folder / DUMP), originals, keys)


def fingerprints(secrets: Secrets) -> dict[str, str]:
    """Fingerprints of the keys, by name and version."""
    return {f"{key.name} {key.version}": key.fingerprint for key in secrets.listed()}


def checked(folder: Path) -> Manifest:
    """Return what a copy says it holds.

    Raises:
        InputError: it isn't one, or doesn't hold that.
    """
    try:
        told = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
        right = told == Manifest.of(folder, told.keys)
    except (OSError, msgspec.DecodeError) as error:
        raise InputError("no copy of a deployment", where=str(folder), do="check it") from error
    if not right:
        raise InputError("damaged or not whole", where=str(folder), do="take another copy")
    return told


def check_keys(told: Manifest, secrets: Secrets) -> None:
    """Make sure that secrets open a copy.

    A key of an index may have been retired since: what it indexed is indexed anew.

    Raises:
        InputError: a key is missing, or is another.
    """
    here = fingerprints(secrets)
    newer = {
        f"index {purpose} {version}"
        for purpose, keys in secrets.index.items()
        for version, key in enumerate(keys, 1)
        if not key
    }
    for name, fingerprint in told.keys.items():
        if here.get(name, fingerprint if name in newer else "") != fingerprint:
            do = "give the secrets.json of when the copy was made"
            raise InputError("these secrets don't open the copy", where=f"key {name}", do=do)


def _digest(path: Path) -> str:
    made = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            made.update(block)
    return made.hexdigest()
