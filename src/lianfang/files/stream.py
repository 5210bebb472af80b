"""Bytes of a file or of standard input, read once from front to back."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from io import RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from lianfang.errors import InputError

if TYPE_CHECKING:
    from io import BufferedReader

    from _typeshed import WriteableBuffer

BLOCK = 1 << 16
STDIN = "stdin"

# The byte after PAR1 is the same in every Parquet file, and keeps "PAR1" usable in a text.
PARQUET, ZIP, OLE, GZIP = b"PAR1\x15", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b\x08"
UTF8, UTF16_LE, UTF16_BE, GB18030 = b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x84\x31\x95\x33"
MARKS = (PARQUET, ZIP, OLE, GZIP, UTF8, UTF16_LE, UTF16_BE, GB18030)

TROUBLES: dict[type[BaseException], tuple[str, str]] = {
    FileNotFoundError: ("no such file", "check the path"),
    IsADirectoryError: ("a folder, not a file", "name one file in it"),
    PermissionError: ("no permission to read it", "ask its owner for the right to read it"),
}


class ByteStream(RawIOBase):
    """A source's bytes, handed on as they come.

    Attributes:
        name: the path as given, or `stdin`.
        size: bytes, or None where nobody knows before the end.
        position: bytes handed on so far.
        head: the first bytes, at least up to the first that isn't blank.
    """

    def __init__(
        self, name: str, file: BufferedReader, size: int | None, *, ours: bool, seeks: bool = False
    ) -> None:
        super().__init__()
        self.name, self.size, self.position = name, size, 0
        self._file, self._ours = file, ours
        can_seek = seeks or (ours and size is not None)
        self._whole: IO[bytes] | None = file if can_seek else None
        self.head = self._unread = _first_bytes(file)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        piece = self._unread or self._file.read1(len(view))
        count = min(len(piece), len(view))
        view[:count], self._unread = piece[:count], piece[count:]
        self.position += count
        return count

    def whole(self) -> IO[bytes]:
        """Return a file that can seek, rewound; a pipe is copied to a temporary file first."""
        if self._whole is None:
            self._whole = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
            shutil.copyfileobj(self, self._whole, BLOCK)
        self._whole.seek(0)
        return self._whole

    def advance(self, done: int, rows: int) -> None:
        """Set the position by rows, where bytes are read in no order."""
        if self.size is not None:
            self.position = self.size * done // rows

    def close(self) -> None:
        if not self.closed:
            if self._whole is not None and self._whole is not self._file:
                self._whole.close()
            if self._ours:
                self._file.close()
        super().close()


def open_bytes(path: Path | str) -> ByteStream:
    """Open a path, or standard input for `-`.

    Raises:
        InputError: no such file, a folder, no permission, or the system can't read it.
    """
    if str(path) == "-":
        file = cast("BufferedReader", sys.stdin.buffer)
        return ByteStream(STDIN, file, _size(file), ours=False)
    try:
        file = Path(path).open("rb")  # noqa: SIM115 (closed by ByteStream.close)
    except (OSError, ValueError) as error:
        raise trouble(str(path), error) from error
    return ByteStream(str(path), file, _size(file), ours=True)


def taken(name: str, file: IO[bytes], *, ours: bool = True) -> ByteStream:
    """A binary file that was opened elsewhere and can seek; closed with the stream if `ours`."""
    file.seek(0)
    size = _size(file)
    return ByteStream(name, cast("BufferedReader", file), size, ours=ours, seeks=True)


def trouble(name: str, error: OSError | ValueError) -> InputError:
    """Return what to tell a user of an error that the system gave."""
    other = (f"the system can't read it ({error})", "check the path and the disk")
    what, do = TROUBLES.get(type(error), other)
    return InputError(what, where=name, do=do)


def _size(file: IO[bytes]) -> int | None:
    try:
        status = os.fstat(file.fileno())
    except OSError:  # not a file of the system, as in tests
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _first_bytes(file: BufferedReader) -> bytes:
    head = file.read1(BLOCK)
    while 0 < len(head) < BLOCK and not _settled(head):
        more = file.read1(BLOCK - len(head))
        if not more:
            break
        head += more
    return head


def _settled(head: bytes) -> bool:
    """Say whether these bytes tell what follows; more would make a slow pipe wait for nothing."""
    begun = any(mark != head and mark.startswith(head) for mark in MARKS)
    return bool(head.strip()) and not begun
