"""Find words by what their characters may be read as.

From each place the trie is walked along every reading (see `tokens`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import compiled, inlined, inner
from lianfang.text.disguise.tables import HAN_FROM, HAN_TO
from lianfang.text.disguise.tokens import (
    ALNUM,
    CODE,
    DIGIT,
    EMOJI,
    EXACT,
    FRESH,
    HAN,
    HOW,
    INITIAL,
    INSIDE,
    MOST_TOKENS,
    NEXT,
    ORDER,
    PARTS,
    PAST,
    PINYIN,
    SHAPE,
    SOUND,
    SYLLABLE,
    TOKEN_FIELDS,
    TWICE,
    Read,
    Tokens,
    emoji_before,
    tokens_at,
)
from lianfang.text.stream import HIDDEN_GAP

if TYPE_CHECKING:
    from lianfang.text.disguise.tables import Readings
    from lianfang.text.disguise.words import Words

DEEPEST = 8
STATE, TRIED, TOKENS = range(3)
WALK_FIELDS = 3
START, END, RAW_START, RAW_END, WORD, KIND, KEPT = range(7)
FIELDS = 7
Candidates = NDArray[np.int64]
Walk = NDArray[np.int64]


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
    walk[STATE, 0], walk[TRIED, 0] = 0, 0
    walk[TOKENS, 0] = tokens_at(read, readings, start, FRESH, tokens, 0)
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
            walk[STATE, depth], walk[TRIED, depth] = state, 0
            walk[TOKENS, depth] = tokens_at(read, readings, place, inside, tokens, depth)
    return count


@inlined
def _step(words: Words, state: int, syllable: int) -> int:
    if state == 0:
        return int(words.root[syllable])
    for child in range(words.first[state], words.first[state + 1]):
        if words.ids[child] == syllable:
            return int(words.next[child])
    return -1


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
            emoji_before(read, readings, start) if first == EMOJI else read.origin[start]
        )
        found[RAW_END, count] = 1 + (
            emoji_before(read, readings, place) if inside == PAST else read.origin[place - 1]
        )
        found[WORD, count], found[KIND, count], found[KEPT, count] = word, kind, kept
    return count + 1


@inner
def _breaks_off(read: Read, place: int, how: int) -> bool:
    """Whether letters go on behind a word that ends in letters."""
    return how in (PINYIN, INITIAL) and place < read.codes.size and read.classes[place] == ALNUM
