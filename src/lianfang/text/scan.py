"""Find every term of a word list in a stream, in one pass over the whole batch.

daachorse does it. A scan over arrays of hashed windows was tried in its place: the same matches
at the same speed once the library's tuples are counted in, for a hundred lines more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import daachorse
import numpy as np

from lianfang.text.stream import SPACE_GAP, Bools, Ints, Stream
from lianfang.text.tables import Class

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Matches:
    """Parallel arrays: the match of pattern `pattern[i]` covers `[start[i], end[i])`."""

    start: Ints
    end: Ints
    pattern: Ints

    def keep(self, mask: Bools) -> Matches:
        return Matches(self.start[mask], self.end[mask], self.pattern[mask])


class Scanner:
    """Finds all matches of normalised patterns, overlapping ones too.

    A pattern that is Latin throughout matches whole words only: "app" isn't found in "happy";
    one that begins or ends with a digit ends where the number ends: "扣1" isn't in "扣100".

    Args:
        patterns: distinct, normalised, not empty.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        self._whole = np.array([p.isascii() and p[0].isalnum() for p in patterns], dtype=bool)
        self._digits = np.array([[p[0] in DIGITS, p[-1] in DIGITS] for p in patterns], dtype=bool)
        self._library = daachorse.CharwiseDoubleArrayAhoCorasick(list(patterns))

    def scan(self, stream: Stream) -> Matches:
        """All matches, in no particular order."""
        return self._as_words(stream, self.raw(stream))

    def raw(self, stream: Stream) -> Matches:
        """All matches, those inside words among them."""
        table = np.array(self._library.find_overlapping(stream.text), dtype=np.int64)
        return Matches(*table.reshape(-1, 3).T)

    def _as_words(self, stream: Stream, found: Matches) -> Matches:
        kept = ~self._inside_word(stream, found)
        spaces = stream.spaces_before
        spaced = kept & (spaces[found.end] > spaces[found.start + 1])
        for row in np.flatnonzero(spaced).tolist():
            kept[row] = _one_word(stream, int(found.start[row]), int(found.end[row]))
        return found.keep(kept)

    def _inside_word(self, stream: Stream, found: Matches) -> Bools:
        edged = np.flatnonzero((self._whole | self._digits.any(axis=1))[found.pattern])
        inside = np.zeros(found.start.size, dtype=bool)
        start, end, pattern = found.start[edged], found.end[edged], found.pattern[edged]
        word = stream.classes == Class.ALNUM
        digit = (stream.codes >= ord("0")) & (stream.codes <= ord("9"))
        left, right = np.maximum(start - 1, 0), np.minimum(end, word.size - 1)
        inside[edged] = (
            (start > 0)
            & (
                (self._whole[pattern] & word[left] & word[start])
                | (self._digits[pattern, 0] & digit[left])
            )
            | (self._whole[pattern] & word[right] & word[end - 1])
            | (self._digits[pattern, 1] & digit[right])
        )
        return inside


def _one_word(stream: Stream, start: int, end: int) -> bool:
    """Whether a match with spaces inside reads as one word.

    It does where every character stands apart ("全 额 退 保") or no piece is a single
    character ("全额 退保"); "退 还" is two words side by side.
    """
    gaps = (np.flatnonzero(stream.gap[start + 1 : end] == SPACE_GAP) + 1).tolist()
    pieces = np.diff([0, *gaps, end - start])
    return bool(pieces.min() > 1 or (pieces.max() == 1 and len(pieces) > 2))  # noqa: PLR2004
