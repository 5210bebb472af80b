"""One way in for every file: open it, and iterate over its rows."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, Self

from lianfang.files.rows import Plan
from lianfang.files.sniff import format_of
from lianfang.files.stream import open_bytes, taken, trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from lianfang.files.rows import Item, Wanted
    from lianfang.files.stream import ByteStream

    Reader = Callable[[ByteStream, Plan], Iterator[Item]]

MAX_LINE_BYTES = 64 << 20

# By name, since pyarrow takes half a second to load and most files don't need it.
READERS = {
    "txt": ("txt", "read_txt"),
    "csv": ("csv_rows", "read_csv"),
    "tsv": ("csv_rows", "read_tsv"),
    "jsonl": ("jsonl", "read_jsonl"),
    "xlsx": ("xlsx", "read_xlsx"),
    "parquet": ("parquet", "read_parquet"),
}


class Source:
    """An open file: iterate once for its rows and rejects, in order; a context manager.

    Attributes:
        name: the path as given, or `stdin`.
        format: one of txt, csv, tsv, jsonl, xlsx, parquet.
        size: bytes, or None for a pipe.
    """

    def __init__(self, stream: ByteStream, format_: str, plan: Plan) -> None:
        self.name, self.format, self.size = stream.name, format_, stream.size
        self._stream = stream
        items = _reader(format_)(stream, plan) if stream.head else iter(())
        self._rows = self._guarded(items)

    @property
    def position(self) -> int:
        """Bytes consumed so far, for a progress bar; it may run a block ahead of the rows."""
        return self._stream.position

    def __iter__(self) -> Iterator[Item]:
        """Yield what is left.

        Raises:
            InputError: the file is damaged further on, or can no longer be read.
        """
        return self._rows

    def close(self) -> None:
        """Close the file; standard input stays open."""
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _guarded(self, items: Iterator[Item]) -> Iterator[Item]:
        try:
            yield from items
        except OSError as error:
            raise trouble(self.name, error) from error
        self._stream.advance(1, 1)


def open_source(
    path: Path | str,
    *,
    format: str | None = None,  # noqa: A002 (the word that users know)
    text_column: str | None = None,
    id_column: str | None = None,
    sheet: str | None = None,
    max_line_bytes: int = MAX_LINE_BYTES,
    others: tuple[Wanted, ...] = (),
    opened: BinaryIO | None = None,
) -> Source:
    """Open a file of texts, or standard input for `-`.

    Args:
        path: the file; its suffix tells the format.
        format: the format, where the suffix doesn't tell; else it is found from the content.
        text_column: the column of the texts, where its name is none of the usual ones.
        id_column: the column of the ids; `id` or `编号` by default, else rows are numbered.
        sheet: the sheet of a workbook; the first by default.
        max_line_bytes: a longer line becomes a Reject.
        others: more columns to carry along with each row.
        opened: the file itself, able to seek, where `path` is only its name.

    Raises:
        InputError: it can't be opened, isn't what its name says, or lacks a column.
    """
    stream = open_bytes(path) if opened is None else taken(str(path), opened)
    try:
        plan = Plan(stream.name, text_column, id_column, sheet, max_line_bytes, others)
        return Source(stream, format_of(stream, format), plan)
    except OSError as error:
        stream.close()
        raise trouble(stream.name, error) from error
    except BaseException:
        stream.close()
        raise


def _reader(format_: str) -> Reader:
    module, function = READERS[format_]
    reader: Reader = getattr(import_module(f"lianfang.files.{module}"), function)
    return reader
