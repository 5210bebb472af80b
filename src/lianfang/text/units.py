"""Sentences and turns of a stream: where they end, and which one a position lies in.

A sentence ends at 。!?; or a line's end, but not inside a quotation, so that a quoted
advert belongs to the sentence that quotes it. A turn is a line: a turn of a conversation,
or a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lianfang.text.tables import Class

if TYPE_CHECKING:
    from lianfang.text.stream import Bools, Ints, Stream

LONGEST_QUOTE = 160
"""A quotation mark whose partner is further away is taken for a slip."""


CLOSED_BY = {ord(mark): ord(end) for mark, end in zip('“‘「『«"', '”’」』»"', strict=True)}
CLAUSE_ENDS = (Class.SENTENCE, Class.CLAUSE, Class.NEWLINE)


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quoted ranges `[opens, closes]`, none inside another, in order."""

    opens: Ints
    closes: Ints

    def inside(self, positions: Ints) -> Bools:
        """Which positions lie strictly between two marks."""
        index = self.index(positions)
        return index >= 0

    def index(self, positions: Ints) -> Ints:
        """Number of the quotation that each position lies in, or -1."""
        if not self.opens.size:
            return np.full(positions.shape, -1, dtype=np.int64)
        found = np.searchsorted(self.opens, positions, side="left") - 1
        held = (found >= 0) & (positions < self.closes[found])
        return np.where(held, found, -1)


def quotes(stream: Stream) -> Quotes:
    """Outermost quotations of each text."""
    marks = np.flatnonzero(
        (stream.classes >= Class.QUOTE_OPEN) & (stream.classes <= Class.QUOTE_BOTH)
    )
    opens: list[int] = []
    closes: list[int] = []
    started, owner, closing = -1, -1, -1
    columns = (marks, stream.codes[marks], stream.text_of(marks))
    for position, code, text in zip(*(column.tolist() for column in columns), strict=True):
        pending = started >= 0 and text == owner and position - started <= LONGEST_QUOTE
        if pending and code == closing:
            opens.append(started)
            closes.append(position)
            started = -1
        elif not pending and code in CLOSED_BY:
            started, owner, closing = position, text, CLOSED_BY[code]
    return Quotes(np.array(opens, dtype=np.int64), np.array(closes, dtype=np.int64))


class Units:
    """Sentences, turns and texts of a stream, each numbered through the whole batch."""

    def __init__(self, stream: Stream) -> None:
        self.quotes = quotes(stream)
        turn_ends = np.flatnonzero(stream.classes == Class.NEWLINE)
        stops = np.flatnonzero(stream.classes == Class.SENTENCE)
        stops = stops[~self.quotes.inside(stops)]
        self.ends: dict[str, Ints] = {
            "sentence": np.sort(np.concatenate((stops, turn_ends)), kind="stable"),
            "turn": turn_ends,
            "text": stream.starts[1:] - 1,
        }
        self.clause_ends = np.flatnonzero(np.isin(stream.classes, CLAUSE_ENDS))

    def count(self, kind: str) -> int:
        """How many units of a kind the batch holds."""
        return int(self.ends[kind].size)

    def of(self, kind: str, positions: Ints) -> Ints:
        """Number of the unit that each position lies in."""
        return np.searchsorted(self.ends[kind], positions)

    def texts(self, kind: str, units: Ints) -> Ints:
        """Number of the text that each unit lies in."""
        return np.searchsorted(self.ends["text"], self.ends[kind][units])

    def clauses(self, positions: Ints) -> Ints:
        """Number of the clause that each position lies in."""
        return np.searchsorted(self.clause_ends, positions)

    def span(self, kind: str, unit: int) -> tuple[int, int]:
        """`[start, end)` of one unit in the stream."""
        ends = self.ends[kind]
        return (int(ends[unit - 1]) + 1 if unit else 0), int(ends[unit]) + 1
