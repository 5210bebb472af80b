"""Refused rows as a CSV file to be mended in Excel, and the mended file read back.

What Excel would change as it opens the file (formulas, long numbers, dates) stands behind an
apostrophe there, which reading takes away: what nobody touched comes back as it went out. A cell
that a row lacks is shown as MISSING; a row in which it still stands is refused again.
"""

from __future__ import annotations

import csv
import io
import shutil
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from lianfang.errors import InputError
from lianfang.files.tables import open_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TOLD = ("行号 row", "列 column", "原因 reason", "怎么改 what to do")
"""Columns before those of the file itself."""

MISSING, MORE = "〈缺〉", "〈多出〉"
LINES = {"jsonl": "〈JSON〉", "txt": "〈文本〉"}
"""What the one column of a file of lines is called."""

BOM = b"\xef\xbb\xbf"
APOSTROPHE = "'"
SHORT = 24  # characters of what may be a date, such as "Oct 2, 2026 10:11"
WORDS = ("true", "false")


class Refused(NamedTuple):
    """A refused row: number, column, reason and what to do, and its cells as they came."""

    told: tuple[str, ...]
    cells: Sequence[str]


def mending(
    format_: str,
    names: Sequence[str],
    rows: Iterable[Refused],
    text: int | None,
    *,
    into: BinaryIO,
    scratch: BinaryIO,
) -> None:
    """Write the CSV file of refused rows, with a byte order mark for Excel.

    Args:
        format_: of the file that they are of.
        names: of its columns.
        rows: the refused ones.
        text: place of the column in which nothing may be missing, if there is one.
        into: an empty file.
        scratch: another for the meantime: the widest row says how long the header is.
    """
    own = [LINES[format_]] if format_ in LINES else list(map(guarded, names))
    widest = len(own)
    for row in rows:
        cells = [*map(guarded, row.cells), *[MISSING] * (len(own) - len(row.cells))]
        if text is not None and not cells[text].strip():
            cells[text] = MISSING
        widest = max(widest, len(cells))
        scratch.write(_line([*map(guarded, row.told), *cells]))
    scratch.seek(0)
    into.write(BOM + _line([*TOLD, *own, *[MORE] * (widest - len(own))]))
    shutil.copyfileobj(scratch, into)


def mended(name: str, opened: BinaryIO, into: BinaryIO) -> str:
    """Write the rows of a mended file as the file that they are of had them; return its format.

    A row keeps its number in the mended file.

    Raises:
        InputError: it isn't such a file.
    """
    with open_table(name, opened) as table:
        if table.of_lines or tuple(table.names[: len(TOLD)]) != TOLD:
            what = "not a file of refused rows: its first four columns aren't there"
            do = "download the refused rows, mend them there, and leave the first four columns"
            raise InputError(what, where=name, do=do)
        names = [bare(one) for one in table.names[len(TOLD) :] if one != MORE]
        format_ = next((key for key, one in LINES.items() if names == [one]), "csv")
        lines = _cells(names, table.rows) if format_ == "csv" else _lines(table.rows)
        into.writelines(lines)
    return format_


def guarded(cell: str) -> str:
    """A cell that Excel takes for the text that it is."""
    first = cell[:1]
    unsure = not first.isalpha() or cell.casefold() in WORDS
    dated = len(cell) <= SHORT and any(map(str.isdigit, cell))
    return APOSTROPHE + cell if cell and (unsure or dated) else cell


def bare(cell: str) -> str:
    """What `guarded` was given."""
    return cell.removeprefix(APOSTROPHE)


def _cells(names: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[bytes]:
    yield _line(names)
    for number, at in _spaced(rows, 2):
        yield _line(_own(at, len(names))) if number and any(at) else b"\n"


def _lines(rows: Iterator[tuple[int, list[str]]]) -> Iterator[bytes]:
    yield b"\n"  # for the header
    for number, at in _spaced(rows, 2):
        cell = bare(at[len(TOLD)]) if number and len(at) > len(TOLD) else ""
        yield " ".join(cell.splitlines()).encode("utf-8", "surrogatepass") + b"\n"


def _spaced(rows: Iterator[tuple[int, list[str]]], first: int) -> Iterator[tuple[int, list[str]]]:
    """The rows with those that were blank, as number 0, so that each stands at its number."""
    due = first
    for number, cells in rows:
        for _ in range(due, number):
            yield 0, []
        yield number, cells
        due = number + 1


def _own(cells: list[str], width: int) -> list[str]:
    """The cells of the row itself, up to the first that is missing.

    Spreadsheets fill a row up with empty cells: beyond the last column they are nothing.
    """
    own = cells[len(TOLD) :]
    while len(own) > width and not own[-1]:
        own = own[:-1]
    if MISSING in own:
        # Never as many as there are columns, nor none, which would be a blank line.
        own = own[: own.index(MISSING)] or [""] * (1 if width > 1 else 2)
    return [bare(cell) for cell in own]


def _line(cells: Sequence[str]) -> bytes:
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerow(cells)
    return made.getvalue().encode("utf-8", "backslashreplace")
