"""Find every term of a word list in a stream, in one pass over the whole batch.

The terms stand in a trie. At each character the trie is walked as far as it goes; two small
tables (is there a term with this first character, with these first two?) end most walks
before they begin. Matches come out in order, the shorter of two first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import compiled, inlined
from lianfang.text.stream import SPACE_GAP, Bools, Bytes, Codes, Ints
from lianfang.text.tables import Class

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.text.stream import Stream

DIGITS = "0123456789"
ZERO, NINE, ALNUM = ord("0"), ord("9"), int(Class.ALNUM)
BEGINS_WITH_DIGIT, ENDS_WITH_DIGIT, LATIN = 1, 2, 4
PAIR_BITS = 17
SPREAD = np.uint64(0x9E3779B97F4A7C15)
CODE_BITS = np.uint64(21)
Words = NDArray[np.uint64]


class Matches(NamedTuple):
    """Parallel arrays: the match of pattern `pattern[i]` covers `[start[i], end[i])`."""

    start: Ints
    end: Ints
    pattern: Ints


class Trie(NamedTuple):
    """States are numbers; a state is left by a character for the next.

    Attributes:
        first: state after each first character, up to the last of all patterns' characters; -1
            where no pattern begins with it.
        pairs: for two first characters, hashed, whether a pattern may begin with them.
        keys: hash table of (state, character) + 1, 0 where empty; `values`: the next state.
        ends: pattern that ends in each state, or -1.
        edges: bits of each pattern (`LATIN`, `BEGINS_WITH_DIGIT`, `ENDS_WITH_DIGIT`).
    """

    first: NDArray[np.int32]
    pairs: Bools
    keys: Words
    values: NDArray[np.int32]
    ends: Ints
    edges: Bytes


class Scanner:
    """Finds all matches of normalised patterns, overlapping ones too.

    A pattern that is Latin throughout matches whole words only: "app" isn't found in "happy";
    one that begins or ends with a digit ends where the number ends: "扣1" isn't in "扣100".

    Args:
        patterns: distinct, normalised, not empty.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        letters = np.frombuffer("".join(patterns).encode("utf-32-le"), dtype=np.uint32)
        lengths = np.fromiter(map(len, patterns), np.int64, len(patterns))
        edges = np.array([_edges(pattern) for pattern in patterns], dtype=np.uint8)
        self._trie = _trie(letters, lengths, edges)

    def scan(self, stream: Stream) -> Matches:
        """All matches, by start."""
        return _scan(self._trie, stream.codes, stream.classes, stream.gap, as_words=True)

    def raw(self, stream: Stream) -> Matches:
        """All matches, those inside words among them."""
        return _scan(self._trie, stream.codes, stream.classes, stream.gap, as_words=False)


def _edges(pattern: str) -> int:
    latin = pattern.isascii() and pattern[0].isalnum()
    digits = BEGINS_WITH_DIGIT * (pattern[0] in DIGITS) | ENDS_WITH_DIGIT * (pattern[-1] in DIGITS)
    return LATIN * latin | digits


@inlined
def _slot(keys: Words, key: np.uint64) -> int:
    """Where a key stands in a hash table, or the empty place where it would."""
    mask = np.uint64(keys.size - 1)
    at = ((key * SPREAD) >> np.uint64(20)) & mask
    while True:
        held = keys[at]
        if held == key or held == np.uint64(0):
            return int(at)
        at = (at + np.uint64(1)) & mask


@inlined
def _key(state: int, code: int) -> np.uint64:
    return ((np.uint64(state) << CODE_BITS) | np.uint64(code)) + np.uint64(1)


@inlined
def _pair(first: int, second: int) -> int:
    return ((first << 7) ^ (first >> 4) ^ second) & ((1 << PAIR_BITS) - 1)


@compiled
def _trie(letters: Codes, lengths: Ints, edges: Bytes) -> Trie:
    room = 64
    while room < 3 * letters.size:
        room *= 2
    keys, values = np.zeros(room, np.uint64), np.zeros(room, np.int32)
    highest = 0
    for letter in letters:
        highest = max(highest, letter)
    first, pairs = np.full(highest + 1, -1, np.int32), np.zeros(1 << PAIR_BITS, np.bool_)
    ends = np.full(letters.size + 1, -1, np.int64)
    states, at = 0, 0
    for pattern in range(lengths.size):
        state = first[letters[at]]
        if state < 0:
            state = first[letters[at]] = states
            states += 1
        if lengths[pattern] > 1:
            pairs[_pair(int(letters[at]), int(letters[at + 1]))] = True
        for place in range(at + 1, at + lengths[pattern]):
            key = _key(state, letters[place])
            slot = _slot(keys, key)
            if keys[slot] == 0:
                keys[slot], values[slot] = key, states
                states += 1
            state = values[slot]
        ends[state] = pattern
        at += lengths[pattern]
    return Trie(first, pairs, keys, values, ends, edges)


@compiled
def _scan(trie: Trie, codes: Codes, classes: Bytes, gap: Bytes, as_words: bool) -> Matches:
    found = np.empty((3, codes.size // 2 + 64), np.int64)
    start, count = 0, 0
    while True:
        start, count = _scan_on(trie, codes, classes, gap, as_words, found, start, count)
        if start == codes.size:
            return Matches(found[0, :count], found[1, :count], found[2, :count])
        wider = np.empty((3, 2 * found.shape[1]), np.int64)
        wider[:, :count] = found[:, :count]
        found = wider


@inlined
def _scan_on(
    trie: Trie,
    codes: Codes,
    classes: Bytes,
    gap: Bytes,
    as_words: bool,
    found: Ints,
    start: int,
    count: int,
) -> tuple[int, int]:
    """Scan from a place on, as long as there is room; the next place, and how many are found."""
    while start < codes.size:
        state = trie.first[codes[start]] if codes[start] < trie.first.size else -1
        end, begun = start + 1, count
        while state >= 0:
            pattern = trie.ends[state]
            if pattern >= 0 and not (
                as_words and _inside_word(codes, classes, gap, start, end, trie.edges[pattern])
            ):
                if count == found.shape[1]:
                    return start, begun
                found[0, count], found[1, count], found[2, count] = start, end, pattern
                count += 1
            if end == codes.size or (
                end == start + 1 and not trie.pairs[_pair(int(codes[start]), int(codes[end]))]
            ):
                break
            key = _key(state, codes[end])
            slot = _slot(trie.keys, key)
            state = trie.values[slot] if trie.keys[slot] else -1
            end += 1
        start += 1
    return start, count


@inlined
def _inside_word(
    codes: Codes, classes: Bytes, gap: Bytes, start: int, end: int, edges: int
) -> bool:
    """Whether a match is only a part of a word, or two words side by side."""
    if edges:
        before = codes[start - 1] if start else np.uint32(0)
        after = codes[end] if end < codes.size else np.uint32(0)
        if edges & BEGINS_WITH_DIGIT and ZERO <= before <= NINE:
            return True
        if edges & ENDS_WITH_DIGIT and ZERO <= after <= NINE:
            return True
        if edges & LATIN and (
            (start > 0 and classes[start - 1] == ALNUM and classes[start] == ALNUM)
            or (end < codes.size and classes[end] == ALNUM and classes[end - 1] == ALNUM)
        ):
            return True
    return not _one_word(gap, start, end)


@inlined
def _one_word(gap: Bytes, start: int, end: int) -> bool:
    """Whether a match with spaces inside reads as one word.

    It does where every character stands apart ("全 额 退 保") or no piece is a single
    character ("全额 退保"); "退 还" is two words side by side.
    """
    pieces, longest, shortest, began = 1, 0, end - start, start
    for place in range(start + 1, end):
        if gap[place] == SPACE_GAP:
            longest, shortest = max(longest, place - began), min(shortest, place - began)
            pieces, began = pieces + 1, place
    longest, shortest = max(longest, end - began), min(shortest, end - began)
    return pieces == 1 or shortest > 1 or (longest == 1 and pieces > 2)  # noqa: PLR2004
