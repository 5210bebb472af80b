"""A text file: one text a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.errors import InputError
from lianfang.files.rows import Row
from lianfang.files.text_lines import BadLine, read_lines, without_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.files.rows import Cells, Item, Plan
    from lianfang.files.stream import ByteStream


def read_txt(stream: ByteStream, plan: Plan) -> Iterator[Item]:
    """Return each line as a row; blank lines are counted and left out.

    Raises:
        InputError: other columns than the text are asked for.
    """
    needed = [wanted.kind for wanted in plan.others if wanted.needed]
    if needed:
        kinds = " or ".join(needed)
        do = "give a table: CSV, TSV, XLSX, JSONL or Parquet"
        raise InputError(f"a text file has no {kinds} column", where=plan.source, do=do)
    return _rows(stream, plan)


def line_cells(stream: ByteStream, plan: Plan) -> Cells:
    """Return each line as a row of one cell; what is bad in it is replaced."""
    lines = enumerate(read_lines(stream, plan.max_line_bytes), 1)
    said = ((at, one.gist or one.raw if isinstance(one, BadLine) else one) for at, one in lines)
    return [""], ((at, [without_end(line)]) for at, line in said if line.strip())


def _rows(stream: ByteStream, plan: Plan) -> Iterator[Item]:
    for number, line in enumerate(read_lines(stream, plan.max_line_bytes), 1):
        if isinstance(line, BadLine):
            yield plan.reject(number, line.reason, line.what_to_do, line.raw)
        elif not line.isspace():
            yield Row(number, number, without_end(line), ("",) * len(plan.others))
