"""Evaluate pairs of text and rule, unit by unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.guides.program import MARKS
from lianfang.screening import finds
from lianfang.screening.code import UNITS
from lianfang.screening.conditions import (
    SURE,
    TEXT_FIRST,
    TEXT_LAST,
    USED,
    new_reader,
    truth_in,
)
from lianfang.screening.masks import has
from lianfang.text.compiled import compiled, inlined

if TYPE_CHECKING:
    from lianfang.screening.code import Code
    from lianfang.screening.conditions import Reader
    from lianfang.screening.finds import BySet, Places
    from lianfang.screening.layout import Needs
    from lianfang.screening.masks import Masks
    from lianfang.screening.sieve import Pairs
    from lianfang.text.stream import Bytes, Ints
    from lianfang.text.units import Ends

IN_SENTENCES, IN_TURNS, WHOLE_TEXT = range(len(UNITS))
MOST_PLACES = 1000
"""Places kept for one feature in one text. More say nothing that these don't."""
MARK_BITS = np.uint64((1 << len(MARKS)) - 1)
"""The marks among a clause's sets: known of texts, not of units."""

START, END, PATTERN, SENTENCE, TURN = range(5)
"""Fields of `Fired.hits`: a place as in `finds`."""
LOW, HIGH, BEGIN, STOP = range(4)
PAIR, COUNT, HELD = range(3)
FIELDS = np.array([finds.START, finds.END, finds.PATTERN, finds.SENTENCE, finds.TURN])


class Fired(NamedTuple):
    """Pairs of text and rule; places of pair `p` are columns `[first[p], last[p])` of `hits`."""

    text: Ints
    rule: Ints
    first: Ints
    last: Ints
    hits: Ints


_NONE = np.zeros(0, dtype=np.int64)
NOTHING = Fired(_NONE, _NONE, _NONE, _NONE, np.zeros((FIELDS.size, 0), dtype=np.int64))


class Batch(NamedTuple):
    """The arrays of a batch and of the program that evaluating reads."""

    first_place: Ints
    starts: Ints
    classes: Bytes
    places: Places
    sets: BySet
    ends: Ends
    code: Code
    needs: Needs
    cues: Ints
    longest: int


class Page(NamedTuple):
    """Where evaluating writes.

    Attributes:
        table: a column for each pair that fired: text, rule, where its hits begin and end.
        seen: for each place of a text the pair that took it last.
        spans: for each unit that is looked at the places `[LOW, HIGH)` and its `BEGIN` and `STOP`.
        now: the next pair; how many have fired; how many hits are held.
    """

    table: Ints
    seen: Ints
    spans: Ints
    now: Ints


@compiled
def evaluate(pairs: Pairs, batch: Batch) -> Fired:
    """The pairs that fire, and the places that make them fire."""
    most, size = 1, pairs.text.size
    for text in range(batch.starts.size - 1):
        most = max(most, batch.first_place[text + 1] - batch.first_place[text])
    reader = new_reader(
        batch.places, batch.sets, batch.code, batch.classes, batch.cues, most, batch.longest
    )
    page = Page(
        np.empty((4, size + 1), np.int64),
        np.full(most, -1, np.int64),
        np.empty((4, batch.ends.sentence.size + 1), np.int64),
        np.zeros(3, np.int64),
    )
    hits = np.empty(4 * size + MOST_PLACES, np.int64)
    while page.now[PAIR] < size:
        if hits.size - page.now[HELD] < MOST_PLACES:
            hits = np.concatenate((hits, np.empty_like(hits)))
        _fire(pairs, batch, reader, page, hits)
    fields = np.empty((FIELDS.size, page.now[HELD]), np.int64)
    for field in range(FIELDS.size):
        for hit in range(fields.shape[1]):
            fields[field, hit] = batch.places[FIELDS[field], hits[hit]]
    text, rule, first, last = page.table[:, : page.now[COUNT]]
    return Fired(text, rule, first, last, fields)


@inlined
def _fire(pairs: Pairs, batch: Batch, reader: Reader, page: Page, hits: Ints) -> None:
    """Evaluate the next pairs, while there is room for the hits of one."""
    table, spans, now = page.table, page.spans, page.now
    first_op, unless_of = batch.code.first, batch.code.unless
    pair, count, held = now[PAIR], now[COUNT], now[HELD]
    while pair < pairs.text.size and hits.size - held >= MOST_PLACES:
        text, rule = pairs.text[pair], pairs.rule[pair]
        first, last = batch.first_place[text], batch.first_place[text + 1]
        reader.now[TEXT_FIRST], reader.now[TEXT_LAST] = first, last
        table[0, count], table[1, count], table[2, count] = text, rule, held
        fired, room = False, MOST_PLACES
        for unit in range(_units(batch, text, rule, spans)):
            truth = truth_in(
                reader,
                first_op[rule],
                first_op[rule + 1],
                unless_of[rule],
                spans[LOW, unit],
                spans[HIGH, unit],
                spans[BEGIN, unit],
                spans[STOP, unit],
            )
            if truth == SURE:
                fired = True
                taken = _take(reader, page.seen, pair, room, hits, held)
                held, room = held + taken, room - taken
        table[3, count] = held
        count += fired
        pair += 1
    now[PAIR], now[COUNT], now[HELD] = pair, count, held


@inlined
def _take(reader: Reader, seen: Ints, pair: int, room: int, hits: Ints, held: int) -> int:
    """Put what a reader used behind the hits held, each once a pair, while there is room."""
    first, work = reader.now[TEXT_FIRST], reader.work
    taken = 0
    for at in range(reader.now[USED]):
        place = work[at]
        if taken < room and seen[place - first] != pair:
            seen[place - first] = pair
            hits[held + taken] = place
            taken += 1
    return taken


@inlined
def _units(batch: Batch, text: int, rule: int, spans: Ints) -> int:
    """The units of a text that have what the rule needs: the text, sentences or turns."""
    begin, high = batch.first_place[text], batch.first_place[text + 1]
    kind = batch.code.unit[rule]
    if kind == WHOLE_TEXT:
        spans[LOW, 0], spans[HIGH, 0] = begin, high
        spans[BEGIN, 0], spans[STOP, 0] = batch.starts[text], batch.starts[text + 1]
        return 1
    field = finds.SENTENCE if kind == IN_SENTENCES else finds.TURN
    ends = batch.ends.sentence if kind == IN_SENTENCES else batch.ends.turn
    watched, count = batch.needs.watched[rule], 0
    unit = np.searchsorted(ends, batch.starts[text]) if watched < 0 else 0
    while True:
        if watched >= 0 and begin < high:
            unit = batch.places[field, begin]
        elif watched >= 0 or unit == ends.size or ends[unit] >= batch.starts[text + 1]:
            break
        end = begin
        while end < high and batch.places[field, end] == unit:
            end += 1
        if watched < 0 or _touches(batch.places, batch.needs.masks, watched, begin, end):
            spans[LOW, count], spans[HIGH, count] = begin, end
            spans[BEGIN, count] = ends[unit - 1] + 1 if unit else 0
            spans[STOP, count] = ends[unit] + 1
            count += 1
        begin = end
        unit += 1
    return count


@inlined
def _touches(places: Places, clauses: Masks, clause: int, low: int, high: int) -> bool:
    """Whether one of the places is in a clause. (What marks tell is known of texts alone.)"""
    if clauses[clause, 0] & MARK_BITS:
        return True
    for place in range(low, high):
        if has(clauses, clause, places[finds.SET, place]):
            return True
    return False
