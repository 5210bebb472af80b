"""What can be read at one place of a text: its readings, or *tokens*.

A character by its sound, what it looks like, what it makes with its neighbour, letters as pinyin
or as initials, a digit, an emoji that stands before the place, the same character twice.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import inlined, inner
from lianfang.text.disguise.tables import (
    HAN_FROM,
    HAN_TO,
    LETTER_BITS,
    LETTERS,
    LONGEST_SYLLABLE,
    NUMERALS,
    READINGS,
    A,
)
from lianfang.text.stream import HIDDEN_GAP
from lianfang.text.tables import Class

if TYPE_CHECKING:
    from lianfang.text.disguise.tables import Readings, Syllables
    from lianfang.text.stream import Bytes, Codes, Ints, Origin


class How(IntEnum):
    """How a character of a word is written, the plainer first."""

    EXACT = 0
    SOUND = 1
    DIGIT = 2
    INITIAL = 3
    ORDER = 4
    SHAPE = 5
    TWICE = 6
    PINYIN = 7
    PARTS = 8
    EMOJI = 9


EXACT, SOUND, DIGIT, INITIAL, ORDER, SHAPE, TWICE, PINYIN, PARTS, EMOJI = (int(h) for h in How)
MOST_TOKENS = 24
FRESH, PAST = -2, -1
"""Where a walk stands at an emoji: before it, behind it; else the place inside its words."""
CODE, NEXT, INSIDE, HOW, SYLLABLE = range(5)
TOKEN_FIELDS = 5
FARTHEST_EMOJI = 3
"""Original characters before a place among which an emoji is looked for."""
ZERO, NINE = ord("0"), ord("9")
DIGIT_CODES = tuple(ord(char) for char in NUMERALS)
HAN, ALNUM = int(Class.HAN), int(Class.ALNUM)
Tokens = NDArray[np.int64]


class Read(NamedTuple):
    """The arrays of a stream that are read."""

    codes: Codes
    classes: Bytes
    origin: Origin
    gap: Bytes
    raw: Codes


@inlined
def tokens_at(
    read: Read, readings: Readings, place: int, inside: int, tokens: Tokens, depth: int
) -> int:
    """What can be read at a place; how many readings there are."""
    count = 0
    if inside >= 0:
        return _emoji_word(readings, place, inside, tokens, depth, count)
    if place >= read.codes.size:
        return count
    if inside == FRESH and read.gap[place] == HIDDEN_GAP:
        at = emoji_before(read, readings, place)
        row = _place(readings.emoji.keys, int(read.raw[at])) if at >= 0 else -1
        if row >= 0:
            first, last = readings.emoji.first[row], readings.emoji.first[row + 1]
            for value in range(first, last):
                if value == first or readings.emoji.values[value - 1] == 0:
                    count = _emoji_word(readings, place, value, tokens, depth, count)
    code, kind = int(read.codes[place]), read.classes[place]
    if kind == HAN:
        return _han(read, readings, place, code, tokens, depth, count)
    if kind == ALNUM and ZERO <= code <= NINE:
        return _digit(read, readings, place, code, tokens, depth, count)
    if _is_letter(code):
        return _letters(read, readings, place, tokens, depth, count)
    return count


@inlined
def _han(
    read: Read,
    readings: Readings,
    place: int,
    code: int,
    tokens: Tokens,
    depth: int,
    count: int,
) -> int:
    count = _sounds(readings.sound, code, place + 1, FRESH, SOUND, tokens, depth, count)
    after = int(read.codes[place + 1]) if place + 1 < read.codes.size else 0
    if after == code:
        count = _sounds(readings.sound, code, place + 2, FRESH, TWICE, tokens, depth, count)
    if HAN_FROM <= code < HAN_TO and readings.odd[code - HAN_FROM]:
        row = _place(readings.shapes.keys, code)
        if row >= 0:
            for value in range(readings.shapes.first[row], readings.shapes.first[row + 1]):
                other = int(readings.shapes.values[value])
                count = _sounds(
                    readings.sound, other, place + 1, FRESH, SHAPE, tokens, depth, count
                )
        row = _place(readings.parts.keys, code << 32 | after)
        if row >= 0:
            for value in range(readings.parts.first[row], readings.parts.first[row + 1]):
                made = int(readings.parts.values[value])
                count = _sounds(readings.sound, made, place + 2, FRESH, PARTS, tokens, depth, count)
    return count


@inlined
def _digit(
    read: Read,
    readings: Readings,
    place: int,
    code: int,
    tokens: Tokens,
    depth: int,
    count: int,
) -> int:
    """A digit that stands alone."""
    alone = not (place > 0 and read.classes[place - 1] == ALNUM) and not (
        place + 1 < read.codes.size and read.classes[place + 1] == ALNUM
    )
    if alone:
        numeral = DIGIT_CODES[code - ZERO]
        count = _sounds(readings.sound, numeral, place + 1, FRESH, DIGIT, tokens, depth, count)
    return count


@inlined
def _letters(
    read: Read, readings: Readings, place: int, tokens: Tokens, depth: int, count: int
) -> int:
    """Letters as pinyin, or one as an initial."""
    key, length = 0, 0
    while length < LONGEST_SYLLABLE and place + length < read.codes.size:
        code = int(read.codes[place + length])
        if not _is_letter(code):
            break
        key = key << LETTER_BITS | (code - A + 1)
        length += 1
        if length == 1:
            syllable = readings.spelt_as.size + 1 + code - A
            count = _put(tokens, depth, count, code, place + 1, FRESH, INITIAL, syllable)
        else:
            at = _place(readings.spelt, key)
            if at >= 0:
                syllable = int(readings.spelt_as[at])
                count = _put(tokens, depth, count, code, place + length, FRESH, PINYIN, syllable)
    return count


@inlined
def _emoji_word(
    readings: Readings, place: int, inside: int, tokens: Tokens, depth: int, count: int
) -> int:
    """The character of an emoji's word at which a walk stands."""
    code = int(readings.emoji.values[inside])
    then = inside + 1 if readings.emoji.values[inside + 1] else PAST
    return _sounds(readings.sound, code, place, then, EMOJI, tokens, depth, count)


@inner
def emoji_before(read: Read, readings: Readings, place: int) -> int:
    """Where among the originals an emoji stands that was taken out before a place, or -1."""
    at = read.origin[place] - 1
    lowest = max(read.origin[place - 1] if place else -1, at - FARTHEST_EMOJI)
    while at > lowest:
        if _place(readings.emoji.keys, int(read.raw[at])) >= 0:
            return int(at)
        at -= 1
    return -1


@inner
def _sounds(
    sound: Syllables,
    code: int,
    then: int,
    inside: int,
    how: int,
    tokens: Tokens,
    depth: int,
    count: int,
) -> int:
    """Add the syllables of a Han character."""
    if HAN_FROM <= code < HAN_TO:
        for row in range(READINGS):
            syllable = int(sound[row, code - HAN_FROM])
            if syllable:
                count = _put(tokens, depth, count, code, then, inside, how, syllable)
    return count


@inner
def _put(
    tokens: Tokens,
    depth: int,
    count: int,
    code: int,
    then: int,
    inside: int,
    how: int,
    syllable: int,
) -> int:
    if count == MOST_TOKENS:
        return count
    tokens[depth, CODE, count], tokens[depth, NEXT, count] = code, then
    tokens[depth, INSIDE, count], tokens[depth, HOW, count] = inside, how
    tokens[depth, SYLLABLE, count] = syllable
    return count + 1


@inner
def _is_letter(code: int) -> bool:
    return A <= code < A + LETTERS


@inner
def _place(keys: Ints, key: int) -> int:
    """Where a key stands among sorted ones, or -1."""
    low, high = 0, keys.size
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low if low < keys.size and keys[low] == key else -1
