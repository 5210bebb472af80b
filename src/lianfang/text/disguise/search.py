"""Find words by what their characters may be read as.

From each place the trie is walked along every reading: the character by its sound, what it
looks like, what it makes with its neighbour, letters as pinyin or as initials, a digit, an emoji
that stands before the place, the same character twice.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import compiled, inlined, inner
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
    from lianfang.text.disguise.words import Words
    from lianfang.text.stream import Bytes, Codes, Ints


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
DEEPEST, MOST_TOKENS = 8, 24
FRESH, PAST = -2, -1
"""Where a walk stands at an emoji: before it, behind it; else the place inside its words."""
CODE, NEXT, INSIDE, HOW, SYLLABLE = range(5)
TOKEN_FIELDS = 5
AT, WITHIN, STATE, TRIED, TOKENS = range(5)
WALK_FIELDS = 5
START, END, RAW_START, RAW_END, WORD, KIND, KEPT = range(7)
FIELDS = 7
FARTHEST_EMOJI = 3
"""Original characters before a place among which an emoji is looked for."""
ZERO, NINE = ord("0"), ord("9")
DIGIT_CODES = tuple(ord(char) for char in NUMERALS)
HAN, ALNUM = int(Class.HAN), int(Class.ALNUM)
Candidates = NDArray[np.int64]
Tokens = NDArray[np.int64]
Walk = NDArray[np.int64]


class Read(NamedTuple):
    """The arrays of a stream that are read."""

    codes: Codes
    classes: Bytes
    origin: Ints
    gap: Bytes
    raw: Codes


@compiled
def search(read: Read, readings: Readings, words: Words) -> Candidates:
    """Every way in which a word can be read, by start; a column each.

    The fields are `START` and `END` in the stream, `RAW_START` and `RAW_END` in the joined
    originals, `WORD`, `KIND` (the `How` of its least plain character; `EXACT` for the word itself)
    and `KEPT` (how many characters stand as they are).
    """
    found = np.empty((FIELDS, 64), np.int64)
    tokens = np.empty((DEEPEST, TOKEN_FIELDS, MOST_TOKENS), np.int64)
    walk = np.empty((WALK_FIELDS, DEEPEST), np.int64)
    place, count = 0, 0
    while place < read.codes.size:
        if _may_begin(read, readings, words, place):
            begun = count
            count = _walk(read, readings, words, place, tokens, walk, found, begun)
            if count > found.shape[1]:
                wider = np.empty((FIELDS, 2 * count), np.int64)
                wider[:, :begun] = found[:, :begun]
                found, count = wider, begun
                continue
        place += 1
    return found[:, :count]


@inlined
def _may_begin(read: Read, readings: Readings, words: Words, place: int) -> bool:
    """Whether a word may begin at a place: a quick answer for two plain characters."""
    code, kind = int(read.codes[place]), read.classes[place]
    if read.gap[place] == HIDDEN_GAP:
        return True
    if kind != HAN or not HAN_FROM <= code < HAN_TO:
        return kind == ALNUM and (place == 0 or read.classes[place - 1] != ALNUM)
    row = code - HAN_FROM
    if readings.odd[row]:
        return True
    one, two = readings.sound[0, row], readings.sound[1, row]
    if (words.root[one] < 0 and words.root[two] < 0) or place + 1 == read.codes.size:
        return False
    after, beside = int(read.codes[place + 1]), read.classes[place + 1]
    if beside not in (HAN, ALNUM):
        return bool(read.gap[place + 1] == HIDDEN_GAP)
    if (
        beside == ALNUM
        or read.gap[place + 1] == HIDDEN_GAP
        or after == code
        or not HAN_FROM <= after < HAN_TO
        or readings.odd[after - HAN_FROM]
    ):
        return True
    three, four = readings.sound[0, after - HAN_FROM], readings.sound[1, after - HAN_FROM]
    return bool(
        words.pairs[one, three]
        or words.pairs[one, four]
        or words.pairs[two, three]
        or words.pairs[two, four]
    )


@inlined
def _walk(
    read: Read,
    readings: Readings,
    words: Words,
    start: int,
    tokens: Tokens,
    walk: Walk,
    found: Candidates,
    count: int,
) -> int:
    """Write what begins at a place, where there is room; how many there are then."""
    depth = 0
    walk[AT, 0], walk[WITHIN, 0], walk[STATE, 0], walk[TRIED, 0] = start, FRESH, 0, 0
    walk[TOKENS, 0] = _tokens(read, readings, start, FRESH, tokens, 0)
    while depth >= 0:
        token = walk[TRIED, depth]
        if token == walk[TOKENS, depth]:
            depth -= 1
            continue
        walk[TRIED, depth] += 1
        state = _step(words, walk[STATE, depth], tokens[depth, SYLLABLE, token])
        if state < 0:
            continue
        place, inside = tokens[depth, NEXT, token], tokens[depth, INSIDE, token]
        for end in range(words.end_first[state], words.end_first[state + 1]):
            count = _record(
                read, readings, words, end, start, place, inside, tokens, walk, depth, found, count
            )
        if depth + 1 < DEEPEST and words.first[state] < words.first[state + 1]:
            depth += 1
            walk[AT, depth], walk[WITHIN, depth] = place, inside
            walk[STATE, depth], walk[TRIED, depth] = state, 0
            walk[TOKENS, depth] = _tokens(read, readings, place, inside, tokens, depth)
    return count


@inlined
def _step(words: Words, state: int, syllable: int) -> int:
    if state == 0:
        return int(words.root[syllable])
    for child in range(words.first[state], words.first[state + 1]):
        if words.ids[child] == syllable:
            return int(words.next[child])
    return -1


@inlined
def _tokens(
    read: Read, readings: Readings, place: int, inside: int, tokens: Tokens, depth: int
) -> int:
    """What can be read at a place; how many readings there are."""
    count = 0
    if inside >= 0:
        return _emoji_word(readings, place, inside, tokens, depth, count)
    if place >= read.codes.size:
        return count
    if inside == FRESH and read.gap[place] == HIDDEN_GAP:
        at = _emoji(read, readings, place)
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
def _emoji(read: Read, readings: Readings, place: int) -> int:
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
def _record(
    read: Read,
    readings: Readings,
    words: Words,
    end: int,
    start: int,
    place: int,
    inside: int,
    tokens: Tokens,
    walk: Walk,
    depth: int,
    found: Candidates,
    count: int,
) -> int:
    """Write a word down if its characters may be read so; how many there are then."""
    last = tokens[depth, HOW, walk[TRIED, depth] - 1]
    if place == start or inside >= 0 or _breaks_off(read, place, last):
        return count
    word, row = words.word[end], words.order[end]
    kind, kept, initials = EXACT, 0, False
    for at in range(depth + 1):
        token = walk[TRIED, at] - 1
        how = tokens[at, HOW, token]
        same = tokens[at, CODE, token] == words.letters[words.letter_first[row] + at]
        if how == SOUND and same:
            kept += 1
        elif how in (SHAPE, TWICE, PARTS) and not same:
            return count
        else:
            kind, initials = max(kind, how), initials or how == INITIAL
    if not kept and (initials or kind in (SOUND, DIGIT, SHAPE)):
        return count
    if kind == TWICE and kept:
        return count
    if row != word:
        if kind != EXACT:
            return count
        kind = ORDER
    if count < found.shape[1]:
        first = tokens[0, HOW, walk[TRIED, 0] - 1]
        found[START, count], found[END, count] = start, place
        found[RAW_START, count] = (
            _emoji(read, readings, start) if first == EMOJI else read.origin[start]
        )
        found[RAW_END, count] = 1 + (
            _emoji(read, readings, place) if inside == PAST else read.origin[place - 1]
        )
        found[WORD, count], found[KIND, count], found[KEPT, count] = word, kind, kept
    return count + 1


@inner
def _breaks_off(read: Read, place: int, how: int) -> bool:
    """Whether letters go on behind a word that ends in letters."""
    return how in (PINYIN, INITIAL) and place < read.codes.size and read.classes[place] == ALNUM


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
