"""A folder of originals, each written once under the SHA-256 of its content, and sealed."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from lianfang.errors import InputError, NotFoundError
from lianfang.evidence.digests import Digesting
from lianfang.evidence.names import keep_names
from lianfang.evidence.sealing import CHUNK, SealError, rewrap, seal, sealed_under, unseal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lianfang.evidence.digests import Digests
    from lianfang.evidence.sealing import MasterKeys

CONTEXT = b"lianfang original"
TEMPORARY = ".keeping-"


class TooLargeError(InputError):
    """A content has more bytes than it may have."""

    http_status = 413


class Originals:
    """Contents by their SHA-256, in `folder/ab/cd/<sha256>`; the folder is made if need be.

    An original is whole under its name or not there, whenever the process or the machine stops.
    It is sealed before its SHA-256 is known, so the seal itself binds no name, just that this is
    an original: content and name are bound by comparing them whenever it is read to the end.
    The folder needs a file system with hard links.
    """

    def __init__(self, folder: Path, keys: MasterKeys) -> None:
        self._folder, self._keys = folder, keys
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, stream: BinaryIO, *, most: int) -> Digests:
        """Keep a content; if it's there already, what is there stays untouched.

        Args:
            stream: the content, read to its end.
            most: how many bytes it may have.

        Raises:
            TooLargeError: it has more; nothing of it is left behind.
        """
        digesting = Digesting()
        content = _bounded(stream, digesting, most)
        with self._written(seal(content, keys=self._keys, context=CONTEXT)) as temporary:
            path = self._made_path(digesting.made().sha256)
            with suppress(FileExistsError):
                path.hardlink_to(temporary)
            self._sync(path)
        return digesting.made()

    def open(self, sha256: str) -> Iterator[bytes]:
        """Return an original's content in chunks; it is whole only if no error comes.

        Raises:
            InputError: the name isn't 64 hex digits.
            NotFoundError: no such original.
            SealError: its seal is broken or its key unknown, or the content isn't the one that
                the name says; raised while it is read, the last at the end.
        """
        return self._unsealed(self._found(sha256))

    @contextmanager
    def reading(self, sha256: str) -> Iterator[BinaryIO]:
        """Give an original, verified as a whole, as a file to read and seek in.

        The file has no name, so it goes with the process whatever happens; what it holds is on
        the folder's disk in the clear for as long.

        Raises:
            InputError, NotFoundError, SealError: as `open` does, before the file is given.
        """
        content = self.open(sha256)
        with tempfile.TemporaryFile(dir=self._folder, prefix=TEMPORARY) as file:
            file.writelines(content)
            file.seek(0)
            yield file

    def names(self) -> Iterator[str]:
        """The SHA-256 of each original that is there, in no order."""
        return (path.name for path in self._folder.glob("??/??/*"))

    def rewrap(self, sha256: str) -> bool:
        """Put an original under the master key in use; say whether it wasn't already.

        Raises:
            InputError, NotFoundError: as `open` does.
            SealError: its header was changed, or its key is unknown.
        """
        path = self._found(sha256)
        with path.open("rb") as file, _told_of(path):
            if sealed_under(file) == self._keys.in_use:
                return False
            file.seek(0)
            with self._written(rewrap(file, keys=self._keys)) as temporary:
                temporary.replace(path)
                self._sync(path)
        return True

    def sweep(self, older_than: float, now: float) -> int:
        """Remove what killed processes left unfinished; return how many files went.

        Args:
            older_than: seconds since a file was last written to; more than a slow sender pauses,
                or the file of one that is still at it goes too, and its `keep` fails.
            now: seconds since the epoch.
        """
        swept = 0
        for path in self._folder.glob(f"{TEMPORARY}*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < now - older_than:
                    path.unlink()
                    swept += 1
        return swept

    def _unsealed(self, path: Path) -> Iterator[bytes]:
        digest = hashlib.sha256()
        with path.open("rb") as file, _told_of(path):
            for chunk in unseal(file, keys=self._keys, context=CONTEXT):
                digest.update(chunk)
                yield chunk
            if digest.hexdigest() != path.name:
                do = "take it from a copy, and find out who renamed this one"
                raise SealError("not the content that the name says", where="end", do=do)

    @contextmanager
    def _written(self, chunks: Iterable[bytes]) -> Iterator[Path]:
        """Give a temporary file with these chunks, safe on disk and read-only."""
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(chunks)
                file.flush()
                os.fchmod(handle, 0o400)
                os.fsync(handle)
            yield Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    def _found(self, sha256: str) -> Path:
        path = self._path(sha256)
        if not path.is_file():
            do = "look up its SHA-256, or keep it first"
            raise NotFoundError("no such original", where=path.name, do=do)
        return path

    def _made_path(self, sha256: str) -> Path:
        path = self._path(sha256)
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        return path

    def _path(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-fA-F]{64}", sha256):
            do = "name it by its SHA-256, 64 hex digits"
            raise InputError("not the name of an original", where=ascii(sha256[:80]), do=do)
        name = sha256.lower()
        return self._folder / name[:2] / name[2:4] / name

    def _sync(self, path: Path) -> None:
        """Make the name safe on disk, also one that another process has only just given."""
        for folder in (path.parent, path.parent.parent, self._folder):
            keep_names(folder)


def _bounded(stream: BinaryIO, digesting: Digesting, most: int) -> Iterator[bytes]:
    for chunk in iter(partial(stream.read, CHUNK), b""):
        digesting.update(chunk)
        if digesting.size > most:
            do = "hand it in in parts, or have the bound raised"
            raise TooLargeError(f"more than {most} bytes", where="content", do=do)
        yield chunk


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Say in an error about the seal which original it is."""
    try:
        yield
    except SealError as error:
        where = f"original {path.name}, {error.where}"
        raise SealError(error.what, where=where, do=error.do) from error
