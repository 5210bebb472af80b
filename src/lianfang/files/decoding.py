"""Bytes of a line to text: UTF-8, GB18030, or what a UTF-16 file was turned into."""

from __future__ import annotations

import codecs
from io import RawIOBase
from typing import TYPE_CHECKING, Protocol

from lianfang.files.stream import BLOCK

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from lianfang.files.stream import ByteStream

CLEARLY_UTF8 = "\u0800"  # from here on a character takes three bytes
HALF_A_UNIT = "\udfff"  # stands for a last odd byte; no valid text holds it


class Decoder(Protocol):
    """Turns lines into text; `fault` says what a line is that can't be."""

    fault: str

    def __call__(self, raw: bytes, /) -> str | None: ...
    def gist(self, raw: bytes, /) -> str: ...


class Mixed:
    """Decodes lines that may each be UTF-8 or GB18030.

    Some lines are valid as both: 谢谢 in GB18030 is лл in UTF-8. Where the UTF-8 reading has
    no three-byte character (so no Chinese), the line goes with the last clear one.
    """

    fault = "neither UTF-8 nor GB18030"

    def __init__(self, *, in_gb18030: bool, sample: bytes = b"") -> None:
        self.in_gb18030 = in_gb18030
        self._look_ahead(sample)

    def __call__(self, raw: bytes, /) -> str | None:
        """Return the text, or None where the bytes are neither."""
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            return self._as_gb18030(raw)
        if self.in_gb18030 and not text.isascii():
            return self._doubtful(raw, text)
        return text

    def gist(self, raw: bytes, /) -> str:
        """Return the text with what is bad in it replaced."""
        return raw.decode("gb18030" if self.in_gb18030 else "utf-8", "replace")

    def _look_ahead(self, sample: bytes) -> None:
        """Let the first clear line speak for the doubtful ones before it."""
        for raw in sample.split(b"\n")[:-1]:
            text = self(raw)
            if self.in_gb18030 or (text and max(text) >= CLEARLY_UTF8):
                return

    def _as_gb18030(self, raw: bytes) -> str | None:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            return None
        self.in_gb18030 = True
        return text

    def _doubtful(self, raw: bytes, text: str) -> str:
        other = self._as_gb18030(raw) if max(text) < CLEARLY_UTF8 else None
        self.in_gb18030 = other is not None
        return text if other is None else other


class Utf16:
    """Decodes lines of AsUtf8."""

    fault = "not valid UTF-16"

    def __call__(self, raw: bytes, /) -> str | None:
        """Return the text, or None where a surrogate stands alone."""
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return None

    def gist(self, raw: bytes, /) -> str:
        """Return the text with what is bad in it replaced."""
        return raw.decode("utf-8", "replace")


class AsUtf8(RawIOBase):
    r"""A UTF-16 stream as UTF-8, so that lines can be split at the byte \n.

    What is wrong in it (lone surrogates, an odd last byte) stays wrong, and is found line by line.
    """

    def __init__(self, stream: ByteStream, codec: str) -> None:
        super().__init__()
        self._stream, self._unread = stream, b""
        self._decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        while not self._unread and not self._ended:
            self._unread = self._next().encode("utf-8", "surrogatepass")
        view = memoryview(buffer)
        count = min(len(self._unread), len(view))
        view[:count], self._unread = self._unread[:count], self._unread[count:]
        return count

    def _next(self) -> str:
        block = self._stream.read(BLOCK) or b""
        self._ended = not block
        try:
            return self._decoder.decode(block, self._ended)
        except UnicodeDecodeError:  # only at the end
            return HALF_A_UNIT
