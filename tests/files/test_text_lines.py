from __future__ import annotations

import tracemalloc
from io import BytesIO
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.files.stream import ByteStream
from lianfang.files.text_lines import BadLine, preview, read_lines, without_end


def stream(content: bytes) -> ByteStream:
    return ByteStream("test", cast("Any", BytesIO(content)), len(content), ours=True)


def lines(content: bytes, limit: int = 1 << 26) -> list[str | BadLine]:
    return list(read_lines(stream(content), limit))


@given(st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"))), st.booleans())
def test_utf8_lines_come_back_whole(texts: list[str], marked):
    content = "".join(f"{text}\n" for text in texts).encode("utf-8-sig" if marked else "utf-8")
    if not marked and content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return
    assert lines(content) == [f"{text}\n" for text in texts]


@given(st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"), min_size=1)))
@pytest.mark.parametrize(("bom", "codec"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf16_lines_come_back_whole(bom, codec, texts):
    assert lines(bom + "\n".join(texts).encode(codec)) == (
        [f"{text}\n" for text in texts[:-1]] + texts[-1:]
    )


def test_utf16_across_blocks():
    texts = ("😀" * 40_000, "中" * 70_001, "x")
    assert lines(b"\xff\xfe" + "\n".join(texts).encode("utf-16-le")) == [
        f"{texts[0]}\n",
        f"{texts[1]}\n",
        "x",
    ]


def test_bad_utf16_costs_its_line_alone():
    content = "好\n\ud800坏\n后\n".encode("utf-16-le", "surrogatepass") + b"\x01"
    first, bad, after, cut = lines(b"\xff\xfe" + content)
    assert (first, after) == ("好\n", "后\n")
    assert isinstance(bad, BadLine)
    assert bad.reason == "not valid UTF-16"
    assert isinstance(cut, BadLine)


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_the_bound_counts_the_text_without_its_end(ending):
    assert lines(f"12345{ending}".encode(), 5) == [f"12345{ending}"]
    (bad,) = lines(f"123456{ending}".encode(), 5)
    assert isinstance(bad, BadLine)
    assert bad.reason == "longer than 5 bytes"


@pytest.mark.parametrize("size", [(1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5 << 20])
def test_lines_about_the_size_of_a_piece(size):
    content = b"a" * size + b"\n" + b"b" * size
    assert lines(content) == ["a" * size + "\n", "b" * size]
    first, second, third = lines(b"a" * (size + 1) + b"\r\n" + b"b" * size + b"\r\nc", size)
    assert isinstance(first, BadLine)
    assert (second, third) == ("b" * size + "\r\n", "c")


class Endless(BytesIO):
    """A pipe with one line of 200 MB, and another after it."""

    left = 200 << 20

    def read1(self, size: int | None = -1, /) -> bytes:
        if self.left == 0:
            self.left = -1
            return b"\nlast\n"
        count = max(0, min(size or 0, self.left, 1 << 16))
        self.left -= count
        return b"a" * count


def test_a_line_beyond_the_bound_is_never_held():
    pipe = ByteStream("test", cast("Any", Endless()), None, ours=False)
    tracemalloc.start()
    try:
        bad, last = read_lines(pipe, 4 << 20)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(bad, BadLine)
    assert bad.gist is None
    assert len(bad.raw) == 2_000
    assert last == "last\n"
    assert peak < 12 << 20


def test_without_end():
    assert [without_end(line) for line in ("a\r\n", "a\n", "a\r", "a", "a\r\r\n")] == [
        "a",
        "a",
        "a\r",
        "a",
        "a\r",
    ]


def test_preview_sees_through_byte_order_marks():
    for head in ("{".encode("utf-8-sig"), b"\xff\xfe{\0", b"\xfe\xff\0{", b"\x84\x31\x95\x33{"):
        assert preview(head) == "{"
