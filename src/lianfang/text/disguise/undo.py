"""Read disguised words of a batch as what they stand for.

What sounds or looks like a listed word is taken for it only where that is plausible: where no
common word lies across it, and where another listed word stands in the same text or enough of the
word stands as it is. Nobody writes parts of characters, pinyin between characters, or an emoji in
a word by chance: these need no company.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.text.compiled import compiled
from lianfang.text.disguise.search import END, KEPT, KIND, RAW_END, RAW_START, START, WORD, search
from lianfang.text.disguise.tables import common_words, readings
from lianfang.text.disguise.tokens import EXACT, HAN, ORDER, PARTS, SHAPE, SOUND, TWICE, How, Read
from lianfang.text.disguise.words import trie, usable
from lianfang.text.stream import NO_GAP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lianfang.text.disguise.search import Candidates
    from lianfang.text.stream import Bytes, Codes, Ints, Origin, Stream

BY_CHANCE = frozenset((How.SOUND, How.DIGIT, How.INITIAL, How.ORDER, How.SHAPE, How.TWICE))
"""What may stand in an ordinary text too."""
IN_HAN = frozenset((SOUND, ORDER, SHAPE, TWICE, PARTS))
LONGEST_WORD = 4
ALONE = 2
"""A longer word of which so many characters stand as they are needs no company."""


class Undo:
    """Undoes disguises of some words.

    Args:
        words: the words that people disguise; those that aren't Han are passed over.
        turned: those of two characters that are read also turned about.
        known: other words that mustn't be broken up, beside the common ones.
    """

    def __init__(
        self, words: Sequence[str], turned: Collection[str] = (), known: Iterable[str] = ()
    ) -> None:
        self.words = usable(words)
        if not self.words:
            return
        self._trie = trie(self.words, turned)
        self._readings = readings(frozenset("".join(self.words)))
        self._known = common_words()
        self._known.update(known, self.words)

    def __call__(self, stream: Stream) -> Stream:
        """The same texts with disguised words read as what they stand for."""
        if not self.words:
            return stream
        read = Read(stream.codes, stream.classes, stream.origin, stream.gap, stream.raw)
        found = search(read, self._readings, self._trie)
        if not (found[KIND] != EXACT).any():
            return stream
        chosen = self._chosen(found, stream)
        if not chosen.size:
            return stream
        return _rewritten(stream, found[:, chosen], self._trie.letter_first, self._trie.letters)

    def _chosen(self, found: Candidates, stream: Stream) -> Ints:
        """Columns of what is plausible, none of which overlap, in order."""
        plain = found[KIND] == EXACT
        likely = np.zeros(plain.size, dtype=bool)
        for column in np.flatnonzero(~plain).tolist():
            likely[column] = self._plausible(found[:, column].tolist(), stream)
        text_of = stream.text_of(found[START])
        told = np.flatnonzero(plain | likely)
        pairs = np.unique(text_of[told] * len(self.words) + found[WORD, told])
        words_in = np.bincount(pairs // len(self.words), minlength=len(stream.texts))
        for column in np.flatnonzero(likely).tolist():
            company = words_in[text_of[column]] > 1
            likely[column] = company or self._stands_alone(found[:, column].tolist())
        rows = np.flatnonzero(plain | likely)
        order = np.lexsort((found[KIND, rows], -found[END, rows], found[START, rows]))
        # a word that stands as it is isn't read as another
        return _apart(np.ascontiguousarray(found[:, rows[order]]), rows[order])

    @staticmethod
    def _stands_alone(row: Sequence[int]) -> bool:
        if row[KIND] not in BY_CHANCE:
            return True
        return row[KIND] == TWICE or (row[KIND] != ORDER and row[KEPT] >= ALONE)

    def _plausible(self, row: Sequence[int], stream: Stream) -> bool:
        """Whether no other word lies across what stands there."""
        kind, start, end = row[KIND], row[START], row[END]
        if kind not in IN_HAN:
            return True
        first, last = max(start - LONGEST_WORD + 1, 0), end + LONGEST_WORD - 1
        around = stream.codes[first:last].tobytes().decode("utf-32-le")
        start, end = start - first, end - first
        known = self._known
        for begin in range(end):
            for stop in range(
                max(begin + 2, start + 1), min(begin + LONGEST_WORD, len(around)) + 1
            ):
                across = begin < start or stop > end
                if (across or (begin == start and stop == end)) and around[begin:stop] in known:
                    return False
        return True


@compiled
def _apart(rows: Candidates, columns: Ints) -> Ints:
    """Of rows in order those that overlap none before them, less words that stand as they are."""
    taken, count, end = np.empty(columns.size, np.int64), 0, 0
    for row in range(columns.size):
        if rows[START, row] >= end:
            end = rows[END, row]
            if rows[KIND, row] != EXACT:
                taken[count] = columns[row]
                count += 1
    return taken[:count]


class Written(NamedTuple):
    """The arrays of a stream that is written anew."""

    codes: Codes
    classes: Bytes
    origin: Origin
    gap: Bytes
    undone: Bytes
    starts: Ints


def _rewritten(stream: Stream, rows: Candidates, letter_first: Ints, letters: Codes) -> Stream:
    made = _write(
        stream.codes, stream.classes, stream.origin, stream.gap, stream.starts,
        np.ascontiguousarray(rows), letter_first, letters,
    )  # fmt: skip
    return replace(
        stream,
        codes=made.codes,
        classes=made.classes,
        origin=made.origin,
        gap=made.gap,
        undone=made.undone,
        starts=made.starts,
    )


@compiled
def _write(
    codes: Codes,
    classes: Bytes,
    origin: Origin,
    gap: Bytes,
    starts: Ints,
    rows: Candidates,
    letter_first: Ints,
    letters: Codes,
) -> Written:
    size = codes.size
    for row in range(rows.shape[1]):
        word = rows[WORD, row]
        size += letter_first[word + 1] - letter_first[word] - rows[END, row] + rows[START, row]
    out = Written(
        np.empty(size, np.uint32),
        np.empty(size, np.uint8),
        np.empty(size, np.int32),
        np.empty(size, np.uint8),
        np.zeros(size, np.uint8),
        np.empty(starts.size, np.int64),
    )
    at, row, text, place = 0, 0, 0, 0
    while place < codes.size:
        while text < starts.size and starts[text] <= place:
            out.starts[text] = at
            text += 1
        if row < rows.shape[1] and rows[START, row] == place:
            first, last = letter_first[rows[WORD, row]], letter_first[rows[WORD, row] + 1]
            begin, end = rows[RAW_START, row], rows[RAW_END, row]
            for letter in range(first, last):
                out.codes[at], out.classes[at] = letters[letter], HAN
                out.origin[at] = min(begin + letter - first, end - 1)
                out.gap[at] = gap[place] if letter == first and begin == origin[place] else NO_GAP
                out.undone[at] = rows[KIND, row]
                at += 1
            out.origin[at - 1] = end - 1
            place = rows[END, row]
            row += 1
        else:
            out.codes[at], out.classes[at], out.origin[at] = (
                codes[place],
                classes[place],
                origin[place],
            )
            out.gap[at] = gap[place]
            at += 1
            place += 1
    while text < starts.size:
        out.starts[text] = at
        text += 1
    return out
