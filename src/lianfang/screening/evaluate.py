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
from lianfang.text.compiled import compiled

if TYPE_CHECKING:
    from lianfang.screening.code import Code
    from lianfang.screening.conditions import Reader
    from lianfang.screening.layout import Cues, Needs
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
    places: Ints
    ends: Ends
    code: Code
    needs: Needs
    cues: Cues
    longest: int


@compiled
def evaluate(pairs: Pairs, batch: Batch) -> Fired:
    """The pairs that fire, and the places that make them fire."""
    starts, first_place, code = batch.starts, batch.first_place, batch.code
    unit_of, first_op, unless_of = code.unit, code.first, code.unless
    text_of, rule_of = pairs.text, pairs.rule
    most = 1
    for text in range(starts.size - 1):
        most = max(most, first_place[text + 1] - first_place[text])
    reader = new_reader(batch.places, code, batch.classes, batch.cues, most, batch.longest)
    now, seen = reader.now, np.full(most, -1, np.int64)
    table = np.empty((4, pairs.text.size + 1), np.int64)
    hits, held, count = np.empty(4 * pairs.text.size + 64, np.int64), 0, 0
    spans, units = np.empty((4, 1), np.int64), 1
    for pair in range(pairs.text.size):
        text, rule = text_of[pair], rule_of[pair]
        first, last = first_place[text], first_place[text + 1]
        now[TEXT_FIRST], now[TEXT_LAST] = first, last
        table[0, count], table[1, count], table[2, count] = text, rule, held
        if unit_of[rule] == WHOLE_TEXT:
            units, spans[0, 0], spans[1, 0] = 1, first, last
            spans[2, 0], spans[3, 0] = starts[text], starts[text + 1]
        else:
            spans, units = _units(batch, text, rule, spans)
        fired = False
        for unit in range(units):
            truth = truth_in(
                reader,
                first_op[rule],
                first_op[rule + 1],
                unless_of[rule],
                spans[0, unit],
                spans[1, unit],
                spans[2, unit],
                spans[3, unit],
            )
            if truth == SURE:
                fired = True
                room = MOST_PLACES - (held - table[2, count])
                hits, held = _take(reader, seen, pair, room, hits, held)
        table[3, count] = held
        count += fired
    fields = np.empty((FIELDS.size, held), np.int64)
    for field in range(FIELDS.size):
        for hit in range(held):
            fields[field, hit] = batch.places[FIELDS[field], hits[hit]]
    return Fired(table[0, :count], table[1, :count], table[2, :count], table[3, :count], fields)


@compiled
def _take(
    reader: Reader, seen: Ints, pair: int, room: int, hits: Ints, held: int
) -> tuple[Ints, int]:
    """Put what a reader used behind the places held, each once a pair, while there is room."""
    first, work = reader.now[TEXT_FIRST], reader.work
    for at in range(reader.now[USED]):
        place = work[at]
        if room and seen[place - first] != pair:
            seen[place - first] = pair
            if held == hits.size:
                hits = np.concatenate((hits, np.empty_like(hits)))
            hits[held] = place
            held, room = held + 1, room - 1
    return hits, held


@compiled
def _units(batch: Batch, text: int, rule: int, spans: Ints) -> tuple[Ints, int]:
    """The sentences or turns of a text that have what the rule needs: places and bounds."""
    sentences = batch.code.unit[rule] == IN_SENTENCES
    ids = batch.places[finds.SENTENCE if sentences else finds.TURN]
    ends = batch.ends.sentence if sentences else batch.ends.turn
    watched = batch.needs.watched[rule]
    unit = np.searchsorted(ends, batch.starts[text]) if watched < 0 else 0
    begin, high, count = batch.first_place[text], batch.first_place[text + 1], 0
    while True:
        if watched >= 0 and begin < high:
            unit = ids[begin]
        elif watched >= 0 or unit == ends.size or ends[unit] >= batch.starts[text + 1]:
            break
        end = begin
        while end < high and ids[end] == unit:
            end += 1
        if watched < 0 or _touches(batch.places, batch.needs.masks, watched, begin, end):
            if count == spans.shape[1]:
                spans = np.concatenate((spans, np.empty_like(spans)), axis=1)
            spans[0, count], spans[1, count] = begin, end
            spans[2, count] = ends[unit - 1] + 1 if unit else 0
            spans[3, count] = ends[unit] + 1
            count += 1
        begin = end
        unit += 1
    return spans, count


@compiled
def _touches(places: Ints, clauses: Masks, clause: int, low: int, high: int) -> bool:
    """Whether one of the places is in a clause. (What marks tell is known of texts alone.)"""
    if clauses[clause, 0] & MARK_BITS:
        return True
    for place in range(low, high):
        if has(clauses, clause, places[finds.SET, place]):
            return True
    return False
