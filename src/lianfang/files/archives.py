"""ZIP archives, each member on its own and within bounds: bombs, tricks and nesting are refused."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO

import msgspec

from lianfang.errors import InputError
from lianfang.files.sniff import ALIASES, FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)
MOST_RATIO = 250  # text packs to a twentieth; deflate ends at about a thousandth
MOST_DIRECTORY = 4 << 20
MOST_NAME = 200

END, END_BYTES, MOST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
LOCATOR, LOCATOR_BYTES = b"PK\x06\x07", 20
FIRSTS = (b"PK\x03\x04", END)
ENCRYPTED, UTF8_NAME = 0x1, 0x800
NESTED = ("zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "zst")
JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\.[^/]*$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


class Bounds(msgspec.Struct, frozen=True):
    """How much an archive may hold: members, and bytes of all of them and of one, unpacked."""

    members: int = 1000
    bytes: int = 2 << 30
    member_bytes: int = 200 << 20


class Member(msgspec.Struct, frozen=True):
    """A file in an archive: its place from 1, a harmless name, and what is wrong, if anything."""

    number: int
    name: str
    info: zipfile.ZipInfo
    problem: tuple[str, str] | None = None


class Archive:
    """An archive that was looked through; nothing of it was unpacked yet."""

    def __init__(self, archive: zipfile.ZipFile, bounds: Bounds) -> None:
        self._archive = archive
        listed = [one for one in archive.infolist() if not one.is_dir()]
        named = [(decoded_name(one), one) for one in listed]
        kept = [(name, one) for name, one in named if not JUNK.search(name)]
        self.members = [
            Member(number, harmless(name), one, _problem(name, one, bounds))
            for number, (name, one) in enumerate(kept, 1)
        ]

    @contextmanager
    def open(self, member: Member) -> Iterator[Unpacked]:
        """Give what a member unpacks to.

        Raises:
            InputError: damaged.
        """
        try:
            file = self._archive.open(member.info)
        except BROKEN as error:
            raise _damaged(member.name, error) from error
        with file:
            yield Unpacked(member.name, file)


class Unpacked:
    """A member as it unpacks: no more bytes than it says that it has."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self._name, self._file = name, file

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        Raises:
            InputError: damaged here.
        """
        try:
            return self._file.read(size)
        except BROKEN as error:
            raise _damaged(self._name, error) from error


def is_archive(name: str, opened: BinaryIO) -> bool:
    """Say whether a file is a ZIP archive and no workbook; a damaged one is what it's called."""
    opened.seek(0)
    if opened.read(4) not in FIRSTS:
        return False
    try:
        _check_directory(opened, "")
        with zipfile.ZipFile(opened) as archive:
            return not any(name.startswith("xl/") for name in archive.namelist())
    except (InputError, *BROKEN):
        return not name.lower().endswith(".xlsx")
    finally:
        opened.seek(0)


@contextmanager
def open_archive(name: str, opened: BinaryIO, bounds: Bounds) -> Iterator[Archive]:
    """Give an archive; the file stays open.

    Raises:
        InputError: damaged, encrypted, too many members, or too many bytes unpacked.
    """
    _check_directory(opened, name)
    try:
        archive = zipfile.ZipFile(opened)
    except BROKEN as error:
        do = "pack it again as ZIP, and check that it was copied whole"
        raise InputError("not a ZIP archive that can be read", where=name, do=do) from error
    with archive:
        _check(archive.infolist(), name, bounds)
        yield Archive(archive, bounds)


def harmless(name: str) -> str:
    """A name that is shown and never opened: no way up, no root, no control characters."""
    parts = PurePosixPath(CONTROL.sub("", name.replace("\\", "/"))).parts
    kept = [part for part in parts if part.strip(". /") and not part.endswith(":")]
    return "/".join(kept)[-MOST_NAME:] or "?"


def decoded(raw: bytes) -> str:
    """A file's name in UTF-8 or else GB18030."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def decoded_name(info: zipfile.ZipInfo) -> str:
    """A member's name; where it isn't said to be UTF-8, Windows in China writes GBK."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        return decoded(info.orig_filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename


def _damaged(name: str, error: Exception) -> InputError:
    do = "pack it again, and check that it was copied whole"
    return InputError(f"damaged ({type(error).__name__})", where=name, do=do)


def _check_directory(opened: BinaryIO, name: str) -> None:
    """Look at the size of the list of members before it is read: it may be of millions."""
    size = opened.seek(0, 2)
    start = max(0, size - END_BYTES - MOST_COMMENT - LOCATOR_BYTES)
    opened.seek(start)
    tail = opened.read()
    opened.seek(0)
    end = tail.rfind(END)
    listed = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    wide = LOCATOR in tail[max(0, end - LOCATOR_BYTES) : max(0, end)]
    if listed > MOST_DIRECTORY or wide:
        raise _too_much("too many members", name)


def _check(members: list[zipfile.ZipInfo], name: str, bounds: Bounds) -> None:
    if any(one.flag_bits & ENCRYPTED for one in members):
        do = "unpack it with its password, and pack it again without one"
        raise InputError("the archive is encrypted", where=name, do=do)
    if len(members) > bounds.members:
        raise _too_much(f"more than {bounds.members:,} members", name)
    if sum(one.file_size for one in members) > bounds.bytes:
        raise _too_much(f"unpacked it has more than {bounds.bytes:,} bytes", name)


def _too_much(what: str, name: str) -> InputError:
    return InputError(what, where=name, do="pack it in several smaller archives")


def _problem(name: str, one: zipfile.ZipInfo, bounds: Bounds) -> tuple[str, str] | None:
    """What is wrong with a member that doesn't concern the others."""
    suffix = PurePosixPath(name).suffix.lower().removeprefix(".")
    if stat.S_ISLNK(one.external_attr >> 16):
        return "a link, not a file", "pack the file itself"
    if suffix in NESTED:
        return "an archive within the archive", "unpack it and send what is inside"
    if suffix and ALIASES.get(suffix, suffix) not in FORMATS:
        return f"not a kind of file that is read (.{suffix[:10]})", f"give {', '.join(FORMATS)}"
    if one.file_size > bounds.member_bytes:
        return f"more than {bounds.member_bytes:,} bytes", "cut it into smaller files"
    if one.file_size > MOST_RATIO * max(one.compress_size, 1) + (1 << 20):
        return f"packed more than {MOST_RATIO} times", "send it as it is, unpacked"
    return None
