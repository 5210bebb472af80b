"""XLSX workbooks: one sheet, a header, then one row a row. The sheet is held in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from lianfang.errors import InputError
from lianfang.files.columns import Columns, choose
from lianfang.files.rows import Row
from lianfang.files.xlsx_guard import check_size, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.files.rows import Item, Plan
    from lianfang.files.stream import ByteStream

EMPTY = "the text's cell is empty or an error; a missing text is unknown, not empty"
FILL_IN = "write the text into the cell, or delete the row"
SIGNIFICANT_DIGITS = 15  # as many as Excel shows

Cells = Sequence[object]


def read_xlsx(stream: ByteStream, plan: Plan) -> Iterator[Item]:
    """Return the rows of the sheet that the plan names, or else of the first visible one.

    Raises:
        InputError: corrupt, too large, no such sheet, or no text column.
    """
    file = stream.whole()
    check_size(file, plan.source)
    file.seek(0)
    try:
        sheet = _sheet(CalamineWorkbook.from_filelike(file), plan)
    except CalamineError as error:
        raise unreadable(error, plan.source) from error
    return _read(sheet, stream, plan)


def as_text(cell: object) -> str:
    """Return a cell as text: whole numbers without `.0`, dates and times in ISO 8601."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.{SIGNIFICANT_DIGITS}g}"
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _sheet(book: CalamineWorkbook, plan: Plan) -> CalamineSheet:
    if plan.sheet is not None:
        return _named(book, plan.sheet, plan.source)
    tables = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet for sheet in tables if sheet.visible == SheetVisibleEnum.Visible]
    first = next(iter(visible or tables), None)
    if first is None:
        raise InputError("no sheet in the workbook", where=plan.source, do="add a sheet of texts")
    return book.get_sheet_by_name(first.name)


def _named(book: CalamineWorkbook, name: str, source: str) -> CalamineSheet:
    if name not in book.sheet_names:
        names = ", ".join(f'"{each}"' for each in book.sheet_names)
        raise InputError(f'no sheet "{name}"', where=source, do=f"use one of {names}")
    return book.get_sheet_by_name(name)


def _read(sheet: CalamineSheet, stream: ByteStream, plan: Plan) -> Iterator[Item]:
    numbered = enumerate(sheet.iter_rows(), 1)
    header = next((cells for _, cells in numbered if any(map(_filled, cells))), None)
    if header is None:
        return iter(())
    columns = choose([as_text(cell).strip() for cell in header], plan)
    return _items(numbered, columns, sheet.total_height, stream, plan)


def _items(
    numbered: Iterator[tuple[int, Cells]],
    columns: Columns,
    height: int,
    stream: ByteStream,
    plan: Plan,
) -> Iterator[Item]:
    for number, cells in numbered:
        stream.advance(number, height)
        if _filled(cells[columns.text]):
            others = tuple(map(as_text, columns.rest(cells)))
            yield Row(number, _id(number, cells, columns), as_text(cells[columns.text]), others)
        elif any(map(_filled, cells)):
            raw = ", ".join(as_text(cell) for cell in cells)
            yield plan.reject(number, EMPTY, FILL_IN, raw, columns.name)


def _filled(cell: object) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True


def _id(number: int, cells: Cells, columns: Columns) -> str | int:
    cell = cells[columns.id] if columns.id is not None else ""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return as_text(cell) or number
