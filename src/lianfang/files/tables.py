"""A file as a table of cells: for looking at it, and for handing rows back as they came."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from lianfang.errors import InputError
from lianfang.files.columns import as_cell
from lianfang.files.jsonl import object_of
from lianfang.files.rows import Plan
from lianfang.files.sniff import format_of
from lianfang.files.stream import taken, trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lianfang.files.rows import Cells
    from lianfang.files.stream import ByteStream

READERS = {
    "txt": ("txt", "line_cells"),
    "csv": ("csv_rows", "csv_cells"),
    "tsv": ("csv_rows", "tsv_cells"),
    "jsonl": ("txt", "line_cells"),
    "xlsx": ("xlsx", "xlsx_cells"),
    "parquet": ("parquet", "parquet_cells"),
}
LOOKED_AT = 20
"""Objects of a JSONL file whose keys are its columns."""


class Table(msgspec.Struct, frozen=True):
    """A file's cells.

    Attributes:
        format: one of txt, csv, tsv, jsonl, xlsx, parquet.
        names: of the columns; one column without a name for lines of text and JSON.
        rows: what stands in each row that isn't blank, by its number as in `Row.number`; a row
            that went wrong may have more or fewer cells than there are names.
    """

    format: str
    names: list[str]
    rows: Iterator[tuple[int, list[str]]]

    @property
    def of_lines(self) -> bool:
        """Say whether a row is a line, not cells."""
        return self.format in ("txt", "jsonl")


class Look(msgspec.Struct, frozen=True):
    """How a file begins: its format, names of its columns without repeats, its first rows."""

    format: str
    names: list[str]
    rows: list[list[str]]


@contextmanager
def open_table(name: str, opened: BinaryIO) -> Iterator[Table]:
    """Give a file's cells; the file stays open.

    Args:
        name: the suffix tells the format, or else the content.
        opened: the file itself, able to seek.

    Raises:
        InputError: it isn't what its name says, is damaged, or has no header.
    """
    stream = taken(name, opened, ours=False)
    try:
        format_ = format_of(stream, None)
        module, function = READERS[format_]
        read: Callable[[ByteStream, Plan], Cells]
        read = getattr(import_module(f"lianfang.files.{module}"), function)
        names, rows = read(stream, Plan(name)) if stream.head else ([], iter(()))
        listed = ((number, list(cells)) for number, cells in rows)
        yield Table(format_, list(names), listed)
    except OSError as error:
        raise trouble(name, error) from error
    finally:
        stream.close()


def look(name: str, opened: BinaryIO, *, rows: int = LOOKED_AT) -> Look:
    """Say how a file begins; keys of JSON stand as columns in the order of the alphabet.

    Raises:
        InputError: as `open_table`; not for damage further on.
    """
    with open_table(name, opened) as table:
        first = list(_sound(islice(table.rows, LOOKED_AT if table.of_lines else rows)))
        if table.format == "jsonl":
            names, first = _of_objects([line for line, *_ in first])
        elif table.of_lines:
            names = []
        else:
            names, first = _once(table.names, first)
        return Look(table.format, names, first[:rows])


def _sound(rows: Iterator[tuple[int, list[str]]]) -> Iterator[list[str]]:
    with suppress(InputError):
        for _, cells in rows:
            yield cells


def _of_objects(lines: list[str]) -> tuple[list[str], list[list[str]]]:
    objects = [one for one in map(object_of, lines) if one]
    names = sorted({name for one in objects for name in one})
    return names, [[as_cell(one.get(name)) for name in names] for one in objects]


def _once(names: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Of columns with one name the first: readers know columns by their names."""
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    kept = sorted(places.values())
    cut = [[cells[place] if place < len(cells) else "" for place in kept] for cells in rows]
    return [names[place] for place in kept], cut
