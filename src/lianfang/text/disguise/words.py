"""The words that are looked for, as a trie over syllables.

A word stands there by its syllables; with one letter for a syllable, or two of four; and with two
neighbours changed about.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.text.disguise.tables import initial, sound_of, syllables

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lianfang.text.stream import Bools, Codes, Ints

SHORTEST, LONGEST = 2, 6
MOST_SPELLINGS = 16
PAIRED = 4
"""A word of so many characters is two words of two: either may be written in letters."""
Pattern = tuple[int, ...]


class Words(NamedTuple):
    """A trie over syllables and initials.

    Attributes:
        root: the state after each first syllable, or -1.
        pairs: for two syllables, whether a word may begin with them.
        first: where the children of each state begin in `ids` and `next`.
        ids: syllable or initial of each child, sorted within a state.
        next: the state that it leads to.
        end_first: where what ends in each state begins in `word` and `order`.
        word: number of the word.
        order: row of `letters` as they stand there; differs from `word` where changed about.
        letter_first: where each row of `letters` begins.
        letters: characters of the words, then of the words changed about.
    """

    root: Ints
    pairs: Bools
    first: Ints
    ids: Ints
    next: Ints
    end_first: Ints
    word: Ints
    order: Ints
    letter_first: Ints
    letters: Codes


def usable(words: Sequence[str]) -> list[str]:
    """Those that are Han throughout and neither too short nor too long, each once."""
    sounds = sound_of()
    return [
        word
        for word in dict.fromkeys(words)
        if SHORTEST <= len(word) <= LONGEST and all(char in sounds for char in word)
    ]


def trie(words: Sequence[str], turned: Collection[str]) -> Words:
    """Make the trie of usable words; words of two are looked for turned about where named."""
    children: list[dict[int, int]] = [{}]
    ends: list[list[tuple[int, int]]] = [[]]
    rows = list(words)
    for number, word in enumerate(words):
        for other in _changed_about(word) if len(word) > SHORTEST or word in turned else ():
            rows.append(other)
            _put(children, ends, _plain(other), (number, len(rows) - 1))
        _put(children, ends, (*_plain(word), *_lettered(word)), (number, number))
    states = [sorted(held.items()) for held in children]
    flat = [child for held in states for child in held]
    held = [end for those in ends for end in those]
    root = np.full(len(syllables()) + 64, -1, np.int64)
    for syllable, state in states[0]:
        root[syllable] = state
    pairs = np.zeros((root.size, root.size), bool)
    for syllable, state in states[0]:
        pairs[syllable, [after for after, _ in states[state]]] = True
    return Words(
        root,
        pairs,
        _starts([len(held) for held in states]),
        np.array([syllable for syllable, _ in flat], dtype=np.int64),
        np.array([state for _, state in flat], dtype=np.int64),
        _starts([len(those) for those in ends]),
        np.array([word for word, _ in held], dtype=np.int64),
        np.array([row for _, row in held], dtype=np.int64),
        _starts([len(row) for row in rows]),
        np.array([ord(char) for row in rows for char in row], dtype=np.uint32),
    )


def _plain(word: str) -> list[Pattern]:
    sounds = sound_of()
    return list(product(*(sounds[char] for char in word)))[:MOST_SPELLINGS]


def _lettered(word: str) -> Iterator[Pattern]:
    """With a letter for one character, or for the first or last two of four."""
    names = {number: name for name, number in syllables().items()}
    sounds = [sound_of()[char][0] for char in word]
    letters = [initial(names[sound]) for sound in sounds]
    spans = [(at, at + 1) for at in range(len(word))]
    if len(word) == PAIRED:
        spans += [(0, 2), (2, 4)]
    for first, last in spans:
        yield (*sounds[:first], *letters[first:last], *sounds[last:])


def _changed_about(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        other = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        if other != word:
            yield other


def _put(
    children: list[dict[int, int]],
    ends: list[list[tuple[int, int]]],
    patterns: Sequence[Pattern],
    end: tuple[int, int],
) -> None:
    for pattern in patterns:
        state = 0
        for syllable in pattern:
            if syllable not in children[state]:
                children[state][syllable] = len(children)
                children.append({})
                ends.append([])
            state = children[state][syllable]
        if end not in ends[state]:
            ends[state].append(end)


def _starts(lengths: Sequence[int]) -> Ints:
    return np.cumsum([0, *lengths], dtype=np.int64)
