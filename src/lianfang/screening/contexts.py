"""Contexts: surroundings in which a single match doesn't count (negated, quoted, framed).

They act on matches, never on a text: an offer beside a negated or quoted one stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.screening.finds import CLAUSE, END, QUOTED, SENTENCE, START, first_from
from lianfang.text.compiled import compiled, inlined

if TYPE_CHECKING:
    from lianfang.screening.finds import BySet, Places
    from lianfang.screening.masks import Masks
    from lianfang.text.stream import Ints

CUE, UNTIL, STANDS, SCOPE, WITHIN = range(5)
"""Fields of a context, see `Layout`."""
BEFORE, AFTER, AROUND, BESIDE = range(4)
IN_CLAUSE = 0
KNOWN, TAKEN = range(2)
LAST_ASKED, ANSWER = range(2)


class Page(NamedTuple):
    """What is known of the text that is being read; used again for the next.

    Attributes:
        cues: for each context where the text's places of its cue begin and end among the places
            by set, then those of its stop.
        asked: for each place of the text, bits of the contexts that were asked (`KNOWN`), and
            of those in which it stands (`TAKEN`).
        sentences: for each context the sentence that was asked last, and the answer.
    """

    cues: Ints
    asked: Masks
    sentences: Ints


@compiled
def new_page(contexts: int, most: int) -> Page:
    """A page for so many contexts, and texts of at most so many places."""
    return Page(
        np.zeros((4, contexts), np.int64),
        np.zeros((2, most), np.uint64),
        np.full((2, contexts), -1, np.int64),
    )


@inlined
def turn_page(page: Page, index: BySet, table: Ints, first: int, last: int) -> None:
    """Begin the text whose places are `[first, last)`."""
    page.asked[:, : last - first] = 0
    for context in range(table.shape[1]):
        for field in range(2):
            number = table[CUE + field, context]
            if number >= 0:
                low, high = index.first[number], index.first[number + 1]
                low = first_from(index.columns, low, high, first)
                page.cues[2 * field, context] = low
                page.cues[2 * field + 1, context] = first_from(index.columns, low, high, last)


@inlined
def stands_in(
    page: Page,
    places: Places,
    columns: Ints,
    table: Ints,
    longest: int,
    place: int,
    first: int,
    unless: np.uint64,
) -> bool:
    """Whether a place of the text whose places begin at `first` stands in one of the contexts."""
    at = place - first
    unknown = unless & ~page.asked[KNOWN, at]
    for context in range(table.shape[1]):
        bit = np.uint64(1) << np.uint64(context)
        if unknown & bit and _stands(page, places, columns, table, longest, place, context):
            page.asked[TAKEN, at] |= bit
    page.asked[KNOWN, at] |= unknown
    return bool(page.asked[TAKEN, at] & unless)


@inlined
def _stands(
    page: Page, places: Places, columns: Ints, table: Ints, longest: int, place: int, context: int
) -> bool:
    low, high = page.cues[0, context], page.cues[1, context]
    if low == high:
        return False
    stands = table[STANDS, context]
    if stands == BEFORE:
        cue = _cue_before(columns, places, low, high, places[START, place], longest)
        return cue >= 0 and _reaches(
            page, places, columns, table, context, places[END, cue], cue, place
        )
    if stands == AFTER:
        left = places[END, place]
        at = _from(columns, places, low, high, left)
        return at < high and _reaches(
            page, places, columns, table, context, left, place, columns[at]
        )
    outside = stands == AROUND
    if outside and not places[QUOTED, place]:
        return False
    sentence = places[SENTENCE, place]
    return _in_sentence(page, places, columns, context, low, high, sentence, outside)


@inlined
def _reaches(
    page: Page,
    places: Places,
    columns: Ints,
    table: Ints,
    context: int,
    left: int,
    first: int,
    second: int,
) -> bool:
    """Whether a cue's reach spans from `left` to where the second place begins, in one scope."""
    right = places[START, second]
    if 0 <= table[WITHIN, context] < right - left:
        return False
    scope = CLAUSE if table[SCOPE, context] == IN_CLAUSE else SENTENCE
    if places[scope, first] != places[scope, second]:
        return False
    low, high = page.cues[2, context], page.cues[3, context]
    stop = _from(columns, places, low, high, left)
    return bool(stop == high or places[START, columns[stop]] >= right)


@inlined
def _from(columns: Ints, places: Places, low: int, high: int, position: int) -> int:
    """First of the entries `[low, high)` that begins at the position or behind it."""
    while low < high:
        middle = (low + high) // 2
        if places[START, columns[middle]] < position:
            low = middle + 1
        else:
            high = middle
    return low


@inlined
def _cue_before(
    columns: Ints, places: Places, low: int, high: int, position: int, longest: int
) -> int:
    """The cue that ends last among those that end at the position or before it, or -1."""
    best, best_end = -1, -1
    at = _from(columns, places, low, high, position + 1) - 1
    while at >= low and places[START, columns[at]] + longest > best_end:
        if best_end < places[END, columns[at]] <= position:
            best, best_end = columns[at], places[END, columns[at]]
        at -= 1
    return best


@inlined
def _in_sentence(
    page: Page,
    places: Places,
    columns: Ints,
    context: int,
    low: int,
    high: int,
    sentence: int,
    outside: bool,
) -> bool:
    """Whether one of the cues is in the sentence, if need be outside quotation marks."""
    if page.sentences[LAST_ASKED, context] != sentence:
        first, last = low, high
        while first < last:
            middle = (first + last) // 2
            if places[SENTENCE, columns[middle]] < sentence:
                first = middle + 1
            else:
                last = middle
        held = False
        while not held and first < high and places[SENTENCE, columns[first]] == sentence:
            held = not (outside and places[QUOTED, columns[first]])
            first += 1
        page.sentences[LAST_ASKED, context], page.sentences[ANSWER, context] = sentence, held
    return bool(page.sentences[ANSWER, context])
