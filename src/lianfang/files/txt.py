"""A text file: one text a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.files.rows import Row
from lianfang.files.text_lines import BadLine, read_lines, without_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.files.rows import Item, Plan
    from lianfang.files.stream import ByteStream


def read_txt(stream: ByteStream, plan: Plan) -> Iterator[Item]:
    """Yield each line as a row; blank lines are counted and left out."""
    for number, line in enumerate(read_lines(stream, plan.max_line_bytes), 1):
        if isinstance(line, BadLine):
            yield plan.reject(number, line.reason, line.what_to_do, line.raw)
        elif not line.isspace():
            yield Row(number, number, without_end(line))
