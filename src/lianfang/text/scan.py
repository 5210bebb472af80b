"""Find every term of a word list in a stream, over whole batches at once.

A term of two characters or more begins with one of a few thousand pairs. A table over hashed
pairs leaves about a tenth of all positions; there a rolling hash of each length of term is
looked up, and what it names is compared code point by code point. Every step is one pass over
arrays, and no Python object is made for a match: with the thousands of everyday words that
stances need, that is what an Aho-Corasick library spends its time on (`bench/speed` measures
both). Small streams go through such a library, whose fixed cost is smaller.

The hash of `[i, i+n)` is `(P[i+n] - P[i]) * K^-i` modulo 2^64, with `P[i] = sum(c[j] * K^j)`
(Rabin and Karp, 1987).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import daachorse
import numpy as np
from numpy.typing import NDArray

from lianfang.text.stream import SPACE_GAP, Bools, Codes, Ints, Stream
from lianfang.text.tables import Class

if TYPE_CHECKING:
    from collections.abc import Sequence

Hashes = NDArray[np.uint64]

K = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2^64
K_INVERSE = pow(K, -1, 1 << 64)
PAIR_BITS = 18
DIGITS = "0123456789"
SMALL_STREAM = 4_000
"""Characters; below, the library is faster."""


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
        self._tables = [_Table(length, group) for length, group in _by_length(patterns)]
        self._pairs = _pair_table(patterns)
        self._library = daachorse.CharwiseDoubleArrayAhoCorasick(list(patterns))
        self._powers = _Powers()

    def scan(self, stream: Stream) -> Matches:
        """All matches, in no particular order."""
        small = stream.codes.size < SMALL_STREAM
        found = self.by_library(stream) if small else self.by_arrays(stream)
        return self._as_words(stream, found)

    def by_library(self, stream: Stream) -> Matches:
        """The raw matches of the library."""
        rows = self._library.find_overlapping(stream.text)
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return Matches(table[:, 0], table[:, 1], table[:, 2])

    def by_arrays(self, stream: Stream) -> Matches:
        """The raw matches of the array scan: the same set."""
        codes = stream.codes
        starts = np.flatnonzero(self._pairs[_pair_hash(codes[:-1], codes[1:])])
        powers, inverses = self._powers.up_to(codes.size)
        prefix = np.zeros(codes.size + 1, dtype=np.uint64)
        np.cumsum(codes * powers, dtype=np.uint64, out=prefix[1:])
        parts = [
            table.find(codes, prefix, inverses, starts if table.length > 1 else None)
            for table in self._tables
        ]
        return Matches(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

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


class _Table:
    """Patterns of one length, by hash."""

    def __init__(self, length: int, group: list[tuple[int, str]]) -> None:
        self.length = length
        codes = np.array([[ord(char) for char in text] for _, text in group], dtype=np.uint32)
        weights = np.array([pow(K, i, 1 << 64) for i in range(length)], dtype=np.uint64)
        hashes = (codes * weights).sum(axis=1, dtype=np.uint64)
        order = np.argsort(hashes)
        self.hashes, self.codes = hashes[order], codes[order]
        self.numbers = np.array([number for number, _ in group], dtype=np.int64)[order]
        self.bits = max(12, len(group).bit_length() + 5)
        self.maybe = np.zeros(1 << self.bits, dtype=bool)
        self.maybe[self._slot(self.hashes)] = True

    def _slot(self, hashes: Hashes) -> NDArray[np.int64]:
        mixed = hashes ^ (hashes >> np.uint64(29))
        return ((mixed * np.uint64(K)) >> np.uint64(64 - self.bits)).astype(np.int64)

    def find(
        self, codes: Codes, prefix: Hashes, inverses: Hashes, starts: Ints | None
    ) -> tuple[Ints, Ints, Ints]:
        if starts is None:
            starts = np.arange(codes.size)
        starts = starts[: np.searchsorted(starts, codes.size - self.length, side="right")]
        hashes = (prefix[starts + self.length] - prefix[starts]) * inverses[starts]
        likely = np.flatnonzero(self.maybe[self._slot(hashes)])
        starts, hashes = starts[likely], hashes[likely]
        at = np.minimum(np.searchsorted(self.hashes, hashes), self.hashes.size - 1)
        same = np.flatnonzero(self.hashes[at] == hashes)
        starts, at = starts[same], at[same]
        exact = (codes[starts[:, None] + np.arange(self.length)] == self.codes[at]).all(axis=1)
        starts = starts[exact]
        return starts, starts + self.length, self.numbers[at[exact]]


class _Powers:
    """K^i and K^-i for the positions of a batch; grown as batches grow."""

    def __init__(self) -> None:
        self._forward = np.ones(1, dtype=np.uint64)
        self._back = np.ones(1, dtype=np.uint64)

    def up_to(self, size: int) -> tuple[Hashes, Hashes]:
        if self._forward.size < size:
            self._forward, self._back = _powers(K, size), _powers(K_INVERSE, size)
        return self._forward[:size], self._back[:size]


def _powers(base: int, size: int) -> Hashes:
    factors = np.full(size, base, dtype=np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)


def _by_length(patterns: Sequence[str]) -> list[tuple[int, list[tuple[int, str]]]]:
    groups: dict[int, list[tuple[int, str]]] = {}
    for number, pattern in enumerate(patterns):
        groups.setdefault(len(pattern), []).append((number, pattern))
    return sorted(groups.items())


def _pair_hash(first: Codes, second: Codes) -> NDArray[np.uint32]:
    mixed = first * np.uint32(0x9E3779B1) + second * np.uint32(0x85EBCA77)
    return mixed >> np.uint32(32 - PAIR_BITS)


def _pair_table(patterns: Sequence[str]) -> Bools:
    table = np.zeros(1 << PAIR_BITS, dtype=bool)
    pairs = np.array([[ord(p[0]), ord(p[1])] for p in patterns if len(p) > 1], dtype=np.uint32)
    if pairs.size:
        table[_pair_hash(pairs[:, 0], pairs[:, 1])] = True
    return table


def _one_word(stream: Stream, start: int, end: int) -> bool:
    """Whether a match with spaces inside reads as one word.

    It does where every character stands apart ("全 额 退 保") or no piece is a single
    character ("全额 退保"); "退 还" is two words side by side.
    """
    gaps = (np.flatnonzero(stream.gap[start + 1 : end] == SPACE_GAP) + 1).tolist()
    pieces = np.diff([0, *gaps, end - start])
    return bool(pieces.min() > 1 or (pieces.max() == 1 and len(pieces) > 2))  # noqa: PLR2004
