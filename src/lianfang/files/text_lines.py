r"""Lines of text out of bytes: split at \n alone, decoded one by one, never more than a bound.

A file may mix encodings (logs put together, exports pasted into one another), so each line is
UTF-8 if it can be, else GB18030, else a BadLine; no line spoils another.
"""

from __future__ import annotations

from io import BufferedReader
from typing import TYPE_CHECKING

import msgspec

from lianfang.files.decoding import AsUtf8, Decoder, Mixed, Utf16
from lianfang.files.rows import RAW_CHARS
from lianfang.files.stream import BLOCK, GB18030, UTF8, UTF16_BE, UTF16_LE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.files.stream import ByteStream

    Reader = BufferedReader[ByteStream] | BufferedReader[AsUtf8]

BOMS = {UTF8: "utf-8", UTF16_LE: "utf-16-le", UTF16_BE: "utf-16-be", GB18030: "gb18030"}
PIECE = 1 << 20
LONGEST_CHARACTER = 4  # bytes


class BadLine(msgspec.Struct, frozen=True):
    """A line that can't be read.

    `raw` shows how it begins. `gist` is the whole of it with its bad bytes replaced, for
    finding where a table's record ends; None where the line was too long to be kept.
    """

    reason: str
    what_to_do: str
    raw: str
    gist: str | None


def read_lines(stream: ByteStream, max_line_bytes: int) -> Iterator[str | BadLine]:
    """Yield every line, its end included; a byte order mark is dropped.

    A line of more than `max_line_bytes` (its end not counted; UTF-16 is measured as UTF-8)
    is a BadLine and is never held whole.
    """
    bom, codec = _bom(stream.head)
    if codec.startswith("utf-16"):
        wide = BufferedReader(AsUtf8(stream, codec), BLOCK)
        wide.read(len(UTF8))
        return _lines(wide, Utf16(), max_line_bytes)
    reader = BufferedReader(stream, BLOCK)
    reader.read(len(bom))
    decoder = Mixed(in_gb18030=codec == "gb18030", sample=reader.peek())
    return _lines(reader, decoder, max_line_bytes)


def without_end(line: str) -> str:
    r"""Return the line without its \n or \r\n."""
    return line[:-2] if line.endswith("\r\n") else line.removesuffix("\n")


def preview(head: bytes) -> str:
    """Return what the first bytes of a source say, without the byte order mark."""
    bom, codec = _bom(head)
    return head[len(bom) :].decode(codec, "ignore")


def _bom(head: bytes) -> tuple[bytes, str]:
    return next((item for item in BOMS.items() if head.startswith(item[0])), (b"", "utf-8"))


def _lines(reader: Reader, decode: Decoder, limit: int) -> Iterator[str | BadLine]:
    while raw := reader.readline(PIECE):
        size = len(raw)
        if size == PIECE and not raw.endswith(b"\n"):
            raw, size = _whole_line(reader, raw, limit)
        if size > limit and size - _end(raw) > limit:
            yield _too_long(raw, limit, decode)
        else:
            yield decode(raw) or _undecodable(raw, decode)


def _whole_line(reader: Reader, first: bytes, limit: int) -> tuple[bytes, int]:
    """Return a line of several pieces and its size; only its first piece if beyond the limit."""
    pieces, size, piece = [first], len(first), first
    while piece and not piece.endswith(b"\n"):
        piece = reader.readline(PIECE)
        size += len(piece)
        if size <= limit + 2:  # its end may be \r\n
            pieces.append(piece)
        else:
            del pieces[1:]
    return b"".join(pieces), size


def _end(raw: bytes) -> int:
    return 2 if raw.endswith(b"\r\n") else int(raw.endswith(b"\n"))


def _too_long(raw: bytes, limit: int, decoder: Decoder) -> BadLine:
    start = decoder.gist(raw[: RAW_CHARS * LONGEST_CHARACTER])[:RAW_CHARS]
    return BadLine(f"longer than {limit:,} bytes", "cut the text into shorter ones", start, None)


def _undecodable(raw: bytes, decoder: Decoder) -> BadLine:
    gist = decoder.gist(raw)
    start = without_end(gist[:RAW_CHARS])
    return BadLine(decoder.fault, "save the file as UTF-8, and look at this line", start, gist)
