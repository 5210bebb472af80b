"""CSV and TSV files: a header, then one row a record."""

from __future__ import annotations

import csv
from itertools import chain
from typing import TYPE_CHECKING

from lianfang.errors import InputError
from lianfang.files.columns import Columns, choose, is_usual
from lianfang.files.csv_records import read_records
from lianfang.files.rows import Row
from lianfang.files.text_lines import read_lines, without_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.files.csv_records import Line, Record
    from lianfang.files.rows import Cells, Item, Plan
    from lianfang.files.stream import ByteStream

DELIMITERS = ",\t;|"
HEADER_CHARS = 100_000

Numbered = tuple[int, "Record"]


def read_csv(stream: ByteStream, plan: Plan) -> Iterator[Item]:
    """Return the rows of a CSV file; its header is read at once.

    Raises:
        InputError: the header can't be read, or has no text column.
    """
    return _read(stream, plan, ",")


def read_tsv(stream: ByteStream, plan: Plan) -> Iterator[Item]:
    """Do as `read_csv`, with a tab where the header leaves it open."""
    return _read(stream, plan, "\t")


def csv_cells(stream: ByteStream, plan: Plan) -> Cells:
    """Return the header of a CSV file and the cells of its rows.

    Raises:
        InputError: the header can't be read.
    """
    return _cells(stream, plan, ",")


def tsv_cells(stream: ByteStream, plan: Plan) -> Cells:
    """Do as `csv_cells`, with a tab where the header leaves it open."""
    return _cells(stream, plan, "\t")


def _read(stream: ByteStream, plan: Plan, usual: str) -> Iterator[Item]:
    header, numbered, _ = _begin(stream, plan, usual)
    return _items(numbered, len(header), choose(header, plan), plan) if header else iter(())


def _cells(stream: ByteStream, plan: Plan, usual: str) -> Cells:
    header, numbered, delimiter = _begin(stream, plan, usual)
    return header, ((number, _fields(record, delimiter)) for number, record in numbered)


def _fields(record: Record, delimiter: str) -> list[str]:
    """The fields of a record; of one that went wrong, what a lenient eye sees in it."""
    if record.fields or not record.problem:
        return record.fields
    lines = [without_end(record.raw).replace("\r", " ")]
    return next(csv.reader(lines, delimiter=delimiter), [])


def _begin(stream: ByteStream, plan: Plan, usual: str) -> tuple[list[str], Iterator[Numbered], str]:
    """The header, none where nothing is in the file; the records after it; what parts fields."""
    lines = read_lines(stream, plan.max_line_bytes)
    at, first = next(((at, line) for at, line in enumerate(lines, 1) if not _blank(line)), (0, ""))
    if not first:
        return [], iter(()), usual
    delimiter = _delimiter(first if isinstance(first, str) else "", usual, plan)
    records = read_records(chain([first], lines), delimiter, plan.max_line_bytes, first_line=at)
    numbered = enumerate(records, at)
    return _header(numbered, plan), numbered, delimiter


def _blank(line: Line) -> bool:
    return isinstance(line, str) and line.isspace()


def _delimiter(header: str, usual: str, plan: Plan) -> str:
    """Return what cuts a known text column out of the header, or else the most columns."""
    # csv refuses carriage returns outside quotes and very long fields, even here.
    start = header[:HEADER_CHARS].partition("\r")[0].rstrip("\n")

    def merit(delimiter: str) -> tuple[bool, int]:
        names = next(csv.reader([start], delimiter=delimiter), [])
        return any(is_usual(name, plan) for name in names), len(names)

    best: str = max((usual, *DELIMITERS), key=merit)
    return best


def _header(numbered: Iterator[Numbered], plan: Plan) -> list[str]:
    for number, record in numbered:
        if record.problem:
            what, do = record.problem
            raise InputError(
                f"unreadable header: {what}", where=f"{plan.source}, row {number}", do=do
            )
        if any(name.strip() for name in record.fields):
            return record.fields
    raise InputError("no header", where=plan.source, do="name the columns in the first row")


def _items(
    numbered: Iterator[Numbered], width: int, columns: Columns, plan: Plan
) -> Iterator[Item]:
    for number, record in numbered:
        fields = record.fields
        if record.problem or len(fields) not in (0, width):
            yield _refuse(number, record, width, columns, plan)
        elif any(fields) or len(fields) == 1:
            id_ = fields[columns.id] if columns.id is not None else ""
            others = tuple(map(str, columns.rest(fields)))
            yield Row(number, id_ or number, fields[columns.text], others)


def _refuse(number: int, record: Record, width: int, columns: Columns, plan: Plan) -> Item:
    if record.problem:
        reason, do = record.problem
        return plan.reject(number, reason, do, without_end(record.raw))
    count = len(record.fields)
    reason = f"{count} {'field' if count == 1 else 'fields'} where the header has {width}"
    few = "fill in the missing fields"
    many = 'put a text that holds the delimiter in quotes ("…")'
    do = few if count < width else many
    return plan.reject(number, reason, do, without_end(record.raw), columns.name)
