"""XLSX workbooks: one sheet, a header, then one row a row. The sheet is held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
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
    from lianfang.files.rows import Cells, Item, Plan, Wanted
    from lianfang.files.stream import ByteStream

EMPTY = "the text's cell is empty or an error; a missing text is unknown, not empty"
FILL_IN = "write the text into the cell, or delete the row"
SIGNIFICANT_DIGITS = 15  # as many as Excel shows

LOST = "a number of more than 15 digits, of which Excel keeps 15"
AS_TEXT = "format the column as text, and write the number again"
MOST_DIGITS, MOST_WHOLE = 10**SIGNIFICANT_DIGITS, 2**53  # beyond the second, floats skip numbers
DAY_ONE, DAYS = datetime(1899, 12, 30), range(20_000, 80_000)  # noqa: DTZ001  of Excel: no zone

Values = Sequence[object]
Numbered = Iterator[tuple[int, Values]]


def read_xlsx(stream: ByteStream, plan: Plan) -> Iterator[Item]:
    """Return the rows of the sheet that the plan names, or else of the first visible one.

    Raises:
        InputError: corrupt, too large, no such sheet, or no text column.
    """
    sheet, numbered, header = _begin(stream, plan)
    if header is None:
        return iter(())
    columns = choose([as_text(cell).strip() for cell in header], plan)
    return _items(numbered, columns, sheet.total_height, stream, plan)


def xlsx_cells(stream: ByteStream, plan: Plan) -> Cells:
    """Return the header of a sheet and the cells of its rows that aren't empty.

    Raises:
        InputError: corrupt, too large, or no such sheet.
    """
    _, numbered, header = _begin(stream, plan)
    names = [as_text(cell).strip() for cell in header or ()]
    filled = ((number, cells) for number, cells in numbered if any(map(_filled, cells)))
    return names, ((number, [as_text(cell) for cell in cells]) for number, cells in filled)


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


def _begin(stream: ByteStream, plan: Plan) -> tuple[CalamineSheet, Numbered, Values | None]:
    """The sheet, its rows after the header, and the header, None in an empty sheet."""
    file = stream.whole()
    check_size(file, plan.source)
    file.seek(0)
    try:
        sheet = _sheet(CalamineWorkbook.from_filelike(file), plan)
    except CalamineError as error:
        raise unreadable(error, plan.source) from error
    numbered = iter(enumerate(sheet.iter_rows(), 1))
    return sheet, numbered, next((cells for _, cells in numbered if any(map(_filled, cells))), None)


def _items(
    numbered: Numbered,
    columns: Columns,
    height: int,
    stream: ByteStream,
    plan: Plan,
) -> Iterator[Item]:
    for number, cells in numbered:
        stream.advance(number, height)
        others = columns.rest(cells)
        if any(map(_has_lost, others)):
            yield plan.reject(number, LOST, AS_TEXT, _raw(cells))
        elif _filled(cells[columns.text]):
            said = tuple(map(_other, others, plan.others))
            yield Row(number, _id(number, cells, columns), as_text(cells[columns.text]), said)
        elif any(map(_filled, cells)):
            yield plan.reject(number, EMPTY, FILL_IN, _raw(cells), columns.name)


def _raw(cells: Values) -> str:
    return ", ".join(as_text(cell) for cell in cells)


def _has_lost(cell: object) -> bool:
    """Say whether a number is one whose last digits are another's: Excel puts 0 for them."""
    if not isinstance(cell, float) or not cell.is_integer() or abs(cell) < MOST_DIGITS:
        return False
    return abs(cell) > MOST_WHOLE or int(cell) % 10 == 0


def _other(cell: object, wanted: Wanted) -> str:
    if wanted.moment and isinstance(cell, float) and int(cell) in DAYS:
        return as_text((DAY_ONE + timedelta(days=cell)).replace(microsecond=0))
    return as_text(cell)


def _filled(cell: object) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True


def _id(number: int, cells: Values, columns: Columns) -> str | int:
    cell = cells[columns.id] if columns.id is not None else ""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return as_text(cell) or number
