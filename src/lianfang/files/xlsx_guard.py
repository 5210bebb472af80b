"""Refuses a workbook that would fill the memory, before calamine opens it.

calamine keeps a sheet as a full rectangle up to its last cell: one word in a sheet's far corner
makes it ask for 500 GB and abort the process, which no `except` stops.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from lianfang.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_UNPACKED = 1 << 30  # bytes
MAX_CELLS = 1 << 25  # calamine takes 32 bytes for each
BLOCK = 1 << 20
OVERLAP = 1 << 10  # longer than a tag up to its address
LETTERS = 26

# Up to column Z and row 999,999 no sheet is too large, so most need only this quick look.
FAR = re.compile(rb"""r\s*=\s*["'](?:[A-Za-z]{2,}[0-9]|[A-Za-z]?[0-9]{7})""")
# Inside a tag, since what is written in a cell may look like an address; cut, since it may be
# made up.
ADDRESS = re.compile(
    rb"""<(?:[\w.-]+:)?(?:c|row)\s[^<]*?\br\s*=\s*["']([A-Za-z]{0,6})[A-Za-z]*([0-9]{1,9})"""
)

BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


def check_size(file: IO[bytes], source: str) -> None:
    """Look at the sizes of a workbook's parts and at the addresses of its cells.

    Raises:
        InputError: it can't be unpacked, unpacks to more than 1 GiB, or one of its sheets
            reaches over more than 2^25 cells, empty ones included.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _too_large("it unpacks to more than 1 GiB", source)
            if any(_cells(archive, part.filename) > MAX_CELLS for part in parts):
                raise _too_large("a sheet reaches over too many cells", source)
    except BROKEN as error:
        raise unreadable(error, source) from error


def unreadable(error: Exception, source: str) -> InputError:
    """Return what to tell of a workbook that can't be opened."""
    what = f"not a workbook that can be read ({error})"
    return InputError(what, where=source, do="open it in Excel and save it again as .xlsx")


def _too_large(what: str, source: str) -> InputError:
    do = "delete what stands far from the table, or save the sheet as CSV"
    return InputError(f"too large for a workbook: {what}", where=source, do=do)


def _cells(archive: zipfile.ZipFile, part: str) -> int:
    """Return how many cells a sheet reaches over, or 0 where it can't be too many."""
    if not any(FAR.search(block) for block in _blocks(archive, part)):
        return 0
    columns, rows = 1, 1
    for block in _blocks(archive, part):
        addresses = ADDRESS.findall(block)
        columns = max(columns, *map(_column, {letters for letters, _ in addresses}), 0)
        rows = max(rows, *map(int, {digits for _, digits in addresses}), 0)
    return columns * rows


def _blocks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part piece by piece, each with the end of the one before."""
    with archive.open(part) as file:
        piece = b""
        while block := file.read(BLOCK):
            piece = piece[-OVERLAP:] + block
            yield piece


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * LETTERS + letter - ord("A") + 1
    return number
