"""Contexts: surroundings in which a single match doesn't count (negated, quoted, framed).

They act on matches, never on a text: an offer beside a negated or quoted one stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.screening.finds import CLAUSE, END, QUOTED, SENTENCE, SET, START
from lianfang.text.compiled import compiled

if TYPE_CHECKING:
    from lianfang.screening.layout import Cues
    from lianfang.screening.masks import Masks
    from lianfang.text.stream import Ints

CUE, UNTIL, STANDS, SCOPE, WITHIN = range(5)
"""Fields of `Cues.table`."""
BEFORE, AFTER, AROUND, BESIDE = range(4)
IN_CLAUSE = 0
KNOWN, TAKEN = range(2)
LAST_ASKED, ANSWER = range(2)


class Page(NamedTuple):
    """What is known of the text that is being read; used again for the next.

    Attributes:
        slots: where the places of each slot (a cue or a stop) begin in `cues`, and how far
            they have been filled in.
        cues: the text's cues and stops, slot by slot, by start.
        asked: for each place of the text, bits of the contexts that were asked (`KNOWN`), and
            of those in which it stands (`TAKEN`).
        sentences: for each context the sentence that was asked last, and the answer.
    """

    slots: Ints
    cues: Ints
    asked: Masks
    sentences: Ints


@compiled
def new_page(cues: Cues, most: int) -> Page:
    """A page for texts of at most so many places."""
    return Page(
        np.zeros((2, cues.slots + 1), np.int64),
        np.zeros(most, np.int64),
        np.zeros((2, most), np.uint64),
        np.full((2, cues.table.shape[1]), -1, np.int64),
    )


@compiled
def turn_page(page: Page, places: Ints, cues: Cues, first: int, last: int) -> None:
    """Begin the text whose places are `[first, last)`."""
    begin, fill = page.slots
    begin[:] = 0
    page.asked[:, : last - first] = 0
    for place in range(first, last):
        slot = cues.slot[places[SET, place]]
        if slot >= 0:
            begin[slot + 1] += 1
    for slot in range(cues.slots):
        begin[slot + 1] += begin[slot]
        fill[slot] = begin[slot]
    for place in range(first, last):
        slot = cues.slot[places[SET, place]]
        if slot >= 0:
            page.cues[fill[slot]] = place
            fill[slot] += 1


@compiled
def stands_in(
    page: Page, places: Ints, table: Ints, longest: int, place: int, first: int, unless: np.uint64
) -> bool:
    """Whether a place of the text whose places begin at `first` stands in one of the contexts."""
    at = place - first
    unknown = unless & ~page.asked[KNOWN, at]
    for context in range(table.shape[1]):
        bit = np.uint64(1) << np.uint64(context)
        if unknown & bit and _stands(page, places, table, longest, place, context):
            page.asked[TAKEN, at] |= bit
    page.asked[KNOWN, at] |= unknown
    return bool(page.asked[TAKEN, at] & unless)


@compiled
def _stands(page: Page, places: Ints, table: Ints, longest: int, place: int, context: int) -> bool:
    slot, stands = table[CUE, context], table[STANDS, context]
    low, high = page.slots[0, slot], page.slots[0, slot + 1]
    if low == high:
        return False
    if stands == BEFORE:
        cue = _cue_before(page.cues, places, low, high, places[START, place], longest)
        return cue >= 0 and _reaches(page, places, table, context, places[END, cue], cue, place)
    if stands == AFTER:
        left = places[END, place]
        at = _from(page.cues, places, low, high, left)
        return at < high and _reaches(page, places, table, context, left, place, page.cues[at])
    outside = stands == AROUND
    if outside and not places[QUOTED, place]:
        return False
    return _in_sentence(page, places, context, low, high, places[SENTENCE, place], outside)


@compiled
def _reaches(
    page: Page, places: Ints, table: Ints, context: int, left: int, first: int, second: int
) -> bool:
    """Whether a cue's reach spans from `left` to where the second place begins, in one scope."""
    right = places[START, second]
    if 0 <= table[WITHIN, context] < right - left:
        return False
    scope = CLAUSE if table[SCOPE, context] == IN_CLAUSE else SENTENCE
    if places[scope, first] != places[scope, second]:
        return False
    until = table[UNTIL, context]
    return until < 0 or not _stopped(page, places, until, left, right)


@compiled
def _stopped(page: Page, places: Ints, slot: int, left: int, right: int) -> bool:
    """Whether a stop begins in `[left, right)`."""
    last = page.slots[0, slot + 1]
    stop = _from(page.cues, places, page.slots[0, slot], last, left)
    return bool(stop < last and places[START, page.cues[stop]] < right)


@compiled
def _from(cues: Ints, places: Ints, low: int, high: int, position: int) -> int:
    """First of the cues `[low, high)` that begins at the position or behind it."""
    while low < high:
        middle = (low + high) // 2
        if places[START, cues[middle]] < position:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _cue_before(cues: Ints, places: Ints, low: int, high: int, position: int, longest: int) -> int:
    """The cue that ends last among those that end at the position or before it, or -1."""
    best, best_end = -1, -1
    at = _from(cues, places, low, high, position + 1) - 1
    while at >= low and places[START, cues[at]] + longest > best_end:
        if best_end < places[END, cues[at]] <= position:
            best, best_end = cues[at], places[END, cues[at]]
        at -= 1
    return best


@compiled
def _in_sentence(
    page: Page,
    places: Ints,
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
            if places[SENTENCE, page.cues[middle]] < sentence:
                first = middle + 1
            else:
                last = middle
        held = False
        while not held and first < high and places[SENTENCE, page.cues[first]] == sentence:
            held = not (outside and places[QUOTED, page.cues[first]])
            first += 1
        page.sentences[LAST_ASKED, context], page.sentences[ANSWER, context] = sentence, held
    return bool(page.sentences[ANSWER, context])
