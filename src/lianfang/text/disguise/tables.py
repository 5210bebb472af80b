"""The generated tables as arrays: what a character, a letter or an emoji may be read as.

They are written by `scripts/make_disguise.py` from library data. Syllables have no tones and are
numbered from 1; behind them stand the letters, as initials of any syllable.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lianfang.text.stream import Bools, Codes, Ints

HAN_FROM, HAN_TO = 0x4E00, 0xA000
READINGS = 2
NUMERALS = "零一二三四五六七八九"
A, LETTERS, LETTER_BITS = ord("a"), 26, 5
LONGEST_SYLLABLE = 6
_HERE = Path(__file__).parent
Syllables = NDArray[np.uint16]


class Rows(NamedTuple):
    """Lists of code points by key: those of `keys[i]` are `values[first[i] : first[i + 1]]`.

    Keys are sorted.
    """

    keys: Ints
    first: Ints
    values: Codes


class Readings(NamedTuple):
    """What can be read as what.

    Attributes:
        sound: syllables of each Han character from `HAN_FROM` on, 0 for none; two rows.
        spelt: packed letters of each syllable, sorted; `spelt_as`: the syllable.
        shapes: characters that look like a character.
        parts: what two characters side by side make, by `(left << 32) | right`.
        emoji: words of each emoji, each with a 0 behind it.
        odd: which Han characters have shapes, or may be the left of two parts.
    """

    sound: Syllables
    spelt: Ints
    spelt_as: Syllables
    shapes: Rows
    parts: Rows
    emoji: Rows
    odd: Bools


@cache
def syllables() -> dict[str, int]:
    """Number of each syllable."""
    names = sorted({name for _, *those in _table("sounds.tsv") for name in those})
    return {name: number for number, name in enumerate(names, start=1)}


@cache
def sound_of() -> dict[str, tuple[int, ...]]:
    """Syllables of each Han character, the commonest first."""
    number = syllables()
    return {char: tuple(number[name] for name in those) for char, *those in _table("sounds.tsv")}


def initial(syllable: str) -> int:
    """The number that stands for every syllable that begins with the same letter."""
    return len(syllables()) + 1 + ord(syllable[0]) - A


def common_words() -> set[str]:
    """Words that are no disguise, two to four characters long."""
    return set((_HERE / "words.txt").read_text(encoding="utf-8").split())


def readings(letters: frozenset[str]) -> Readings:
    """Everything that may be read as one of some characters.

    Args:
        letters: the characters of the words that are looked for.
    """
    sound = np.zeros((READINGS, HAN_TO - HAN_FROM), np.uint16)
    for char, those in sound_of().items():
        for row, syllable in enumerate(those):
            sound[row, ord(char) - HAN_FROM] = syllable
    spelt = sorted((_packed(name), number) for name, number in syllables().items())
    alike = [(ord(c), [x for x in those if x in letters]) for c, those in _table("shapes.tsv")]
    shapes = _rows((key, [ord(x) for x in those]) for key, those in alike if those)
    made = [(pair, char) for pair, char in _table("parts.tsv") if char in letters]
    parts = _rows((ord(p[0]) << 32 | ord(p[1]), [ord(char)]) for p, char in made)
    odd = np.zeros(HAN_TO - HAN_FROM, bool)
    for code in (*shapes.keys.tolist(), *(ord(pair[0]) for pair, _ in made)):
        if HAN_FROM <= code < HAN_TO:
            odd[code - HAN_FROM] = True
    return Readings(
        sound,
        np.array([key for key, _ in spelt], dtype=np.int64),
        np.array([number for _, number in spelt], dtype=np.uint16),
        shapes,
        parts,
        _rows((int(code, 16), _joined(words)) for code, *words in _table("emoji.tsv")),
        odd,
    )


def _joined(words: Sequence[str]) -> list[int]:
    return [code for word in words for code in (*map(ord, word), 0)]


def _packed(name: str) -> int:
    """Letters of a syllable as one number, as the search packs those of a text."""
    key = 0
    for letter in name:
        key = key << LETTER_BITS | (ord(letter) - A + 1)
    return key


def _rows(pairs: Iterable[tuple[int, list[int]]]) -> Rows:
    held: dict[int, list[int]] = {}
    for key, values in pairs:
        held.setdefault(key, []).extend(values)
    keys = sorted(held)
    return Rows(
        np.array(keys, dtype=np.int64),
        np.cumsum([0, *(len(held[key]) for key in keys)], dtype=np.int64),
        np.array([value for key in keys for value in held[key]], dtype=np.uint32),
    )


def _table(name: str) -> list[list[str]]:
    rows = (_HERE / name).read_text(encoding="utf-8").splitlines()
    return [row.split("\t") for row in rows]
