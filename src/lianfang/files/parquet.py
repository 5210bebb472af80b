"""Parquet files, batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from lianfang.errors import InputError
from lianfang.files.columns import Columns, as_cell, choose
from lianfang.files.decoding import Mixed
from lianfang.files.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lianfang.files.rows import Cells, Item, Plan
    from lianfang.files.stream import ByteStream

BATCH_ROWS = 4096
BATCH_BYTES = 16 << 20
READ_BYTES = 1 << 20  # at a time, so that no column of a row group is read whole

BROKEN = (pa.ArrowException, OSError, ValueError)
NULL = ("the text is null; a missing text is unknown, not empty", "write a text, or drop the row")
NOT_TEXT = (f"the text's bytes are {Mixed.fault}", "write the column as UTF-8 strings")


def read_parquet(stream: ByteStream, plan: Plan) -> Iterator[Item]:
    """Return the rows of a Parquet file; row 1 is the first record.

    Raises:
        InputError: corrupt, or no text column. Damage further on is raised on the way there.
    """
    file, names = _open(stream, plan)
    return _items(file, choose(names, plan), names, stream, plan)


def parquet_cells(stream: ByteStream, plan: Plan) -> Cells:
    """Return the columns of a Parquet file and the cells of its rows, nulls as "".

    Raises:
        InputError: corrupt; damage further on is raised on the way there.
    """
    file, names = _open(stream, plan)
    rows = (row for values in _batches(file, names, plan) for row in zip(*values, strict=True))
    decode = Mixed(in_gb18030=False)
    return names, (
        (number, [decode.gist(cell) if isinstance(cell, bytes) else as_cell(cell) for cell in row])
        for number, row in enumerate(rows, 1)
    )


def _open(stream: ByteStream, plan: Plan) -> tuple[pq.ParquetFile, list[str]]:
    try:
        file = pq.ParquetFile(stream.whole(), buffer_size=READ_BYTES, pre_buffer=False)
        names = file.schema_arrow.names
    except BROKEN as error:
        raise _corrupt("not a Parquet file that can be read", error, plan) from error
    return file, names


def _items(
    file: pq.ParquetFile, columns: Columns, names: list[str], stream: ByteStream, plan: Plan
) -> Iterator[Item]:
    places = [columns.text, *([] if columns.id is None else [columns.id])]
    places += [place for place in columns.others if place is not None]
    has_id = columns.id is not None
    total, done, cells = file.metadata.num_rows, 0, _Cells(columns.name, plan)
    for values in _batches(file, [names[place] for place in places], plan):
        rows = enumerate(zip(*values, strict=True), done + 1)
        for number, (text, *more) in rows:
            values_of = iter(more[has_id:])
            others = ["" if place is None else next(values_of) for place in columns.others]
            yield cells.item(number, text, more[0] if has_id else None, others)
        done += len(values[0])
        stream.advance(done, total)


class _Cells:
    """Makes items of values, with the encoding that bytes among them were last found in."""

    def __init__(self, column: str, plan: Plan) -> None:
        self._column, self._plan = column, plan
        self._decode = Mixed(in_gb18030=False)

    def item(self, number: int, value: object, id_: object, more: Sequence[object]) -> Item:
        text = self._text(value)
        if text is None:
            reason, do = NULL if value is None else NOT_TEXT
            raw = self._decode.gist(value) if isinstance(value, bytes) else ""
            return self._plan.reject(number, reason, do, raw, self._column)
        others = tuple([self._other(one) for one in more])
        if isinstance(id_, int) and not isinstance(id_, bool):
            return Row(number, id_, text, others)
        return Row(number, self._text(id_) or number, text, others)

    def _other(self, value: object) -> str:
        return self._decode.gist(value) if isinstance(value, bytes) else as_cell(value)

    def _text(self, value: object) -> str | None:
        if isinstance(value, bytes):
            return self._decode(value)
        return None if value is None else str(value)


def _batches(
    file: pq.ParquetFile, wanted: list[str], plan: Plan
) -> Iterator[list[Sequence[object]]]:
    """The values of each of the columns, batch by batch."""
    batches = file.iter_batches(_batch_rows(file.metadata), columns=wanted, use_threads=False)
    done = 0
    while True:
        try:
            batch = next(batches, None)
            if batch is None:
                return
            values = [_values(batch, name) for name in wanted]
        except BROKEN as error:
            raise _corrupt(f"damaged after row {done}", error, plan) from error
        yield values
        done += len(values[0])


def _values(batch: pa.RecordBatch, name: str) -> Sequence[object]:
    column = batch.column(batch.schema.names.index(name))
    try:
        return column.to_pylist()
    except UnicodeDecodeError:  # strings that aren't UTF-8: their bytes may be GB18030
        kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        return column.cast(kind).cast(pa.large_binary()).to_pylist()


def _batch_rows(metadata: pq.FileMetaData) -> int:
    """Return how many rows of this file come to about 16 MiB."""
    groups = [metadata.row_group(place) for place in range(metadata.num_row_groups)]
    widest = max((group.total_byte_size // max(group.num_rows, 1) for group in groups), default=0)
    return max(1, min(BATCH_ROWS, BATCH_BYTES // max(widest, 1)))


def _corrupt(what: str, error: Exception, plan: Plan) -> InputError:
    do = "write the file again, and check that it was copied whole"
    return InputError(f"{what} ({error})", where=plan.source, do=do)
