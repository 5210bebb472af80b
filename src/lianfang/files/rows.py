"""What every reader yields, and what every reader is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec

RAW_CHARS = 2_000


class Row(msgspec.Struct, frozen=True, gc=False):
    """One text to screen.

    Attributes:
        number: from 1. The line of a text file; the row of a CSV, TSV or XLSX file as Excel
            counts it, the header being row 1; the record of a Parquet file.
        id: what the file calls the row, or else its number.
        text: the text as it stands in the file, without the line's end.
        others: what stands in the other columns that the plan asks for, "" where nothing does.
    """

    number: int
    id: str | int
    text: str
    others: tuple[str, ...] = ()


class Reject(msgspec.Struct, frozen=True, gc=False):
    """A row that can't be read; the rows after it are read all the same.

    Attributes:
        source: name of the file.
        row: counted as in `Row.number`.
        column: the column at fault, where one is.
        reason: what is wrong, one clause.
        what_to_do: what the reader can do about it.
        raw: how the row begins, at most 2,000 characters.
    """

    source: str
    row: int
    column: str | None
    reason: str
    what_to_do: str
    raw: str


Item: TypeAlias = Row | Reject

Cells: TypeAlias = tuple[Sequence[str], Iterator[tuple[int, Sequence[str]]]]
"""Names of a table's columns, and its rows: their numbers and what stands in them."""


class Wanted(msgspec.Struct, frozen=True):
    """Another column to carry along.

    Attributes:
        kind: what it holds, as in the option that names it (`--label-column`).
        names: what it may be called; the first of them that is there is taken.
        needed: without it the file is refused; else it is "" in every row.
        moment: it tells when; a bare number in a workbook is Excel's count of days.
    """

    kind: str
    names: tuple[str, ...]
    needed: bool = True
    moment: bool = False


class Plan(msgspec.Struct, frozen=True):
    """How a source is to be read; the arguments of `open_source`."""

    source: str
    text_column: str | None = None
    id_column: str | None = None
    sheet: str | None = None
    max_line_bytes: int = 64 << 20
    others: tuple[Wanted, ...] = ()

    def reject(
        self, row: int, reason: str, what_to_do: str, raw: str, column: str | None = None
    ) -> Reject:
        """Return the Reject of a row of this source, `raw` cut to its bound."""
        return Reject(self.source, row, column, reason, what_to_do, raw[:RAW_CHARS])
