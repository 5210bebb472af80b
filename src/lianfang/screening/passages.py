"""Passages of a batch: a text as a whole, or a long one cut where its lines and sentences end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.text.compiled import compiled, inner
from lianfang.text.tables import Class

if TYPE_CHECKING:
    from lianfang.text.stream import Bools, Bytes, Ints, Stream

LONGEST_WHOLE = 300
SHORTEST_LINE, SHORTEST_PASSAGE, LONGEST_PASSAGE = 6, 24, 120
"""A text up to the first length is judged as a whole, as those that the weights were learned
from; a longer one by passages that end where the first line does behind the second length, or the
first sentence behind the third, at the fourth at the latest."""

HAN, SENTENCE, NEWLINE = (int(kind) for kind in (Class.HAN, Class.SENTENCE, Class.NEWLINE))


class Passages(NamedTuple):
    """The passages of a batch, text by text.

    Attributes:
        first: where each begins in the stream; one more for the end.
        text: the text that each is of.
        said: which have a Han character; others say nothing.
        held: how many that say something each text has, at least 1.
        row: the passage of each text that has only one, -1 for others.
        last: the last passage of each text.
    """

    first: Ints
    text: Ints
    said: Bools
    held: Ints
    row: Ints
    last: Ints


def passages_of(stream: Stream) -> Passages:
    """Each text as a whole, or a long one cut where sentences end."""
    return _cut(stream.classes, stream.starts)


@compiled
def _cut(classes: Bytes, starts: Ints) -> Passages:
    size = starts.size - 1
    room = size + classes.size // SHORTEST_LINE + 1
    first, text_of = np.empty(room + 1, np.int64), np.empty(room, np.int64)
    said = np.zeros(room, np.bool_)
    held, row, last = np.zeros(size, np.int64), np.full(size, -1), np.empty(size, np.int64)
    at = 0
    for text in range(size):
        begin, end = starts[text], starts[text + 1]
        whole = end - begin <= LONGEST_WHOLE
        if whole:
            row[text] = at
        while True:
            stop = end if whole else _stop(classes, begin, end)
            first[at], text_of[at] = begin, text
            for place in range(begin, stop):
                if classes[place] == HAN:
                    said[at] = True
                    held[text] += 1
                    break
            at += 1
            begin = stop
            if stop == end:
                break
        held[text] = max(held[text], 1)
        last[text] = at - 1
    first[at] = starts[size]
    return Passages(first[: at + 1], text_of[:at], said[:at], held, row, last)


@inner
def _stop(classes: Bytes, begin: int, end: int) -> int:
    """Behind the first end of a line or sentence that isn't too near, or as far as may be."""
    last = min(end, begin + LONGEST_PASSAGE)
    for place in range(begin + SHORTEST_LINE, last):
        if classes[place - 1] == NEWLINE:
            return place
        if classes[place - 1] == SENTENCE and place >= begin + SHORTEST_PASSAGE:
            return place
    return last


def passage_of(passages: Passages, texts: Ints, at: Ints | None) -> Ints:
    """The passage in which each rule first fired; -1 where it stands nowhere in a long text."""
    where = passages.row[texts]
    if at is not None and (where < 0).any():
        there = np.searchsorted(passages.first, at, side="right") - 1
        where = np.where((where < 0) & (at >= 0), there, where)
    return where
