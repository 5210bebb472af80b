from __future__ import annotations

import io
from typing import Any, cast

import pytest

from lianfang.files.stream import BLOCK, ByteStream


class Drip(io.BytesIO):
    """A pipe that hands out a few bytes at a time, and fails on more than it has."""

    def __init__(self, *pieces: bytes) -> None:
        super().__init__()
        self.pieces = list(pieces)

    def read1(self, size: int | None = -1, /) -> bytes:
        return self.pieces.pop(0)


def opened(file: io.BytesIO) -> ByteStream:
    return ByteStream("pipe", cast("Any", file), None, ours=False)


@pytest.mark.parametrize(
    ("pieces", "head"),
    [
        ([b"a"], b"a"),
        ([b"\n", b" \r\n", b"{"], b"\n \r\n{"),
        ([b"P", b"K", b"\x03", b"\x04"], b"PK\x03\x04"),
        ([b"P", b"a"], b"Pa"),
        ([b"\xef", b"\xbb", b"\xbf"], b"\xef\xbb\xbf"),
        ([b"\n", b""], b"\n"),
        ([b""], b""),
    ],
)
def test_the_head_takes_no_more_than_it_needs(pieces, head):
    pipe = Drip(*pieces)
    assert opened(pipe).head == head
    assert pipe.pieces == []


def test_a_head_of_nothing_but_blanks_is_bounded():
    assert len(opened(io.BytesIO(b"\n" * 1_000_000)).head) == BLOCK


def test_the_position_is_what_was_handed_on():
    stream = opened(Drip(b"abc", b"def", b""))
    assert stream.position == 0
    assert (stream.read(2), stream.position) == (b"ab", 2)
    assert (stream.read(2), stream.position) == (b"c", 3)
    assert (stream.readall(), stream.position) == (b"def", 6)


def test_a_pipe_as_a_whole():
    stream = opened(io.BytesIO(b"abc" * BLOCK))
    for _ in range(2):
        assert stream.whole().read() == b"abc" * BLOCK
    stream.close()
    assert stream.closed
