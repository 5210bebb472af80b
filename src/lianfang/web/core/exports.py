"""Tables that leave the house as CSV: escaped against formulas, and told to the record."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.http import StreamingHttpResponse

from lianfang.files.rejects import FORMULA_STARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK = "\ufeff"
"""By which Excel knows UTF-8."""


def as_csv(name: str, rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """A file of rows, sent while they are read; whoever exports records it first."""
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def harmless(cell: object) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    lines = csv.writer(_Echo())
    yield MARK
    for row in rows:
        yield lines.writerow([harmless(cell) for cell in row])
