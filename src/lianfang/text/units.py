"""Sentences and turns of a stream: where they end, and which one a position lies in.

A sentence ends at 。!?; or a line's end, but not inside a quotation, so that a quoted
advert belongs to the sentence that quotes it. A turn is a line: a turn of a conversation,
or a paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.text.compiled import compiled
from lianfang.text.tables import Class

if TYPE_CHECKING:
    from lianfang.text.stream import Bytes, Codes, Ints, Stream

LONGEST_QUOTE = 160
"""A quotation mark whose partner is further away is taken for a slip."""

CLOSED_BY = np.array(
    [[ord(mark), ord(end)] for mark, end in zip('“‘「『«"', '”’」』»"', strict=True)], np.uint32
)
QUOTE_OPEN, QUOTE_BOTH = int(Class.QUOTE_OPEN), int(Class.QUOTE_BOTH)
SENTENCE, CLAUSE, NEWLINE = int(Class.SENTENCE), int(Class.CLAUSE), int(Class.NEWLINE)


class Quotes(NamedTuple):
    """Quoted ranges `[opens, closes]`, none inside another, in order."""

    opens: Ints
    closes: Ints


class Ends(NamedTuple):
    """Where each unit of a kind ends, in order."""

    sentence: Ints
    turn: Ints
    clause: Ints


class Units:
    """Sentences, turns and texts of a stream, each numbered through the whole batch."""

    def __init__(self, stream: Stream) -> None:
        self.quotes = quotes(stream)
        found = _ends(stream.classes, self.quotes)
        self.all = found
        self.ends: dict[str, Ints] = {
            "sentence": found.sentence,
            "turn": found.turn,
            "text": stream.starts[1:] - 1,
        }
        self.clause_ends = found.clause

    def of(self, kind: str, positions: Ints) -> Ints:
        """Number of the unit that each position lies in."""
        return np.searchsorted(self.ends[kind], positions)

    def span(self, kind: str, unit: int) -> tuple[int, int]:
        """`[start, end)` of one unit in the stream."""
        ends = self.ends[kind]
        return (int(ends[unit - 1]) + 1 if unit else 0), int(ends[unit]) + 1


def quotes(stream: Stream) -> Quotes:
    """Outermost quotations of each text."""
    return _quotes(stream.codes, stream.classes, stream.starts, CLOSED_BY)


@compiled
def _quotes(codes: Codes, classes: Bytes, starts: Ints, closed_by: Codes) -> Quotes:
    opens, closes = np.empty(64, np.int64), np.empty(64, np.int64)
    count, text, started, owner, closing = 0, 0, -1, -1, np.uint32(0)
    for place in range(codes.size):
        if not QUOTE_OPEN <= classes[place] <= QUOTE_BOTH:
            continue
        while text + 1 < starts.size and starts[text + 1] <= place:
            text += 1
        pending = started >= 0 and text == owner and place - started <= LONGEST_QUOTE
        if pending and codes[place] == closing:
            if count == opens.size:
                opens = np.concatenate((opens, np.empty_like(opens)))
                closes = np.concatenate((closes, np.empty_like(closes)))
            opens[count], closes[count] = started, place
            count += 1
            started = -1
        elif not pending:
            for pair in closed_by:
                if pair[0] == codes[place]:
                    started, owner, closing = place, text, pair[1]
    return Quotes(opens[:count], closes[:count])


@compiled
def _ends(classes: Bytes, quoted: Quotes) -> Ends:
    sizes = np.zeros(3, np.int64)
    for kind in classes:
        sizes[0] += kind == SENTENCE
        sizes[1] += kind == NEWLINE
        sizes[2] += kind == CLAUSE
    stops, lines, commas = sizes
    sentence, turn = np.empty(stops + lines, np.int64), np.empty(lines, np.int64)
    clause = np.empty(stops + lines + commas, np.int64)
    sizes[:] = 0
    quote = 0
    for place in range(classes.size):
        kind = classes[place]
        if kind < SENTENCE or QUOTE_OPEN <= kind <= QUOTE_BOTH:
            continue
        clause[sizes[2]] = place
        sizes[2] += 1
        while quote < quoted.opens.size and quoted.closes[quote] <= place:
            quote += 1
        inside = quote < quoted.opens.size and quoted.opens[quote] < place
        if kind == NEWLINE:
            turn[sizes[1]] = place
            sizes[1] += 1
        if kind == NEWLINE or (kind == SENTENCE and not inside):
            sentence[sizes[0]] = place
            sizes[0] += 1
    return Ends(sentence[: sizes[0]], turn, clause)
