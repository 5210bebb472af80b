"""Which rules fire in which texts of a batch, and the places that make them fire.

Three steps, each on what the one before leaves over:

1. terms are found and sieved by what each rule needs, over the whole batch;
2. handles and numbers are looked for where a rule that could fire asks for them;
3. conditions are evaluated, unit by unit, for the pairs of text and rule that are left.
"""

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
from lianfang.screening.finds import find, locate, merged
from lianfang.screening.judge import Evidence
from lianfang.screening.mentions import mentions
from lianfang.screening.sieve import Pairs, sieve
from lianfang.text.compiled import compiled
from lianfang.text.units import Units

if TYPE_CHECKING:
    from collections.abc import Callable

    from lianfang.screening.code import Code
    from lianfang.screening.layout import Cues, Layout, Masks, Needs
    from lianfang.text.stream import Bools, Bytes, Ints, Stream
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


class Firing:
    """The rules that fired in one batch.

    Shared features that speak for no stance, or for one that offends, change nothing where no
    guide's own feature says enough of an activity. Whether it does is for the judge to say
    (`concern`); such texts are *concerned*, and only they are looked at through and through.

    Args:
        layout: of the program.
        stream: the batch.
        concern: says of the evidence of the guides' own features which texts are concerned;
            without it all are.

    Attributes:
        units: sentences and turns.
        fired: in concerned texts, with places.
        aside: in the others; they speak for a stance alone, and have no places.
    """

    def __init__(
        self, layout: Layout, stream: Stream, concern: Callable[[Evidence], Bools] | None = None
    ) -> None:
        self.layout, self.stream, self.units = layout, stream, Units(stream)
        self._found = find(layout.scanner.scan(stream), layout.leads, stream.gap)
        first = np.searchsorted(self._found[finds.START], stream.starts)
        pairs = sieve(self._found, first, stream.starts, stream.codes, stream.classes, layout.needs)
        if concern is None:
            self.fired, self.aside = self._evaluate(pairs), pairs.keep(pairs.text < 0)
        else:
            self.fired, self.aside = self._in_two_steps(pairs, concern)

    def _in_two_steps(
        self, pairs: Pairs, concern: Callable[[Evidence], Bools]
    ) -> tuple[Fired, Pairs]:
        layout = self.layout
        plain = layout.calm[pairs.rule] & layout.plain[pairs.rule]
        open_ = (layout.calm | layout.of_guide)[pairs.rule] & ~plain
        early = self._evaluate(pairs.keep(open_))
        concerned = concern(Evidence(early.rule, early.text, len(self.stream.texts)))
        late = self._evaluate(pairs.keep(~open_ & concerned[pairs.text]))
        mine = concerned[early.text]
        width = early.hits.shape[1]
        fired = Fired(
            np.concatenate((early.text[mine], late.text)),
            np.concatenate((early.rule[mine], late.rule)),
            np.concatenate((early.first[mine], late.first + width)),
            np.concatenate((early.last[mine], late.last + width)),
            np.concatenate((early.hits, late.hits), axis=1),
        )
        others = pairs.keep(plain & ~concerned[pairs.text])
        aside = Pairs(
            np.concatenate((early.text[~mine], others.text)),
            np.concatenate((early.rule[~mine], others.rule)),
            pairs.marks,
        )
        return fired, aside

    def _evaluate(self, pairs: Pairs) -> Fired:
        layout, stream, places = self.layout, self.stream, self._found
        if not pairs.text.size:
            return NOTHING
        more = mentions(layout, stream, pairs)
        if more.shape[1]:
            places = merged(places, more)
        locate(places, self.units.all, self.units.quotes)
        batch = Batch(
            np.searchsorted(places[finds.START], stream.starts),
            stream.starts,
            stream.classes,
            places,
            self.units.all,
            layout.code,
            layout.needs,
            layout.cues,
            layout.leads.longest,
        )
        return _fire(pairs, batch)

    def evidence(self) -> Evidence:
        """What a judge weighs."""
        rules = np.concatenate((self.fired.rule, self.aside.rule))
        texts = np.concatenate((self.fired.text, self.aside.text))
        return Evidence(rules, texts, len(self.stream.texts))


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
def _fire(pairs: Pairs, batch: Batch) -> Fired:
    starts, first_place, code = batch.starts, batch.first_place, batch.code
    unit_of, first_op, unless_of = code.unit, code.first, code.unless
    text_of, rule_of = pairs.text, pairs.rule
    most = 1
    for text in range(starts.size - 1):
        most = max(most, first_place[text + 1] - first_place[text])
    reader = new_reader(batch.places, code, batch.classes, batch.cues, most, batch.longest)
    now, work, seen = reader.now, reader.work, np.full(most, -1, np.int64)
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
                for at in range(now[USED]):
                    if held - table[2, count] == MOST_PLACES:
                        break
                    if seen[work[at] - first] != pair:
                        seen[work[at] - first] = pair
                        if held == hits.size:
                            hits = np.concatenate((hits, np.empty_like(hits)))
                        hits[held] = work[at]
                        held += 1
        table[3, count] = held
        count += fired
    fields = np.empty((FIELDS.size, held), np.int64)
    for field in range(FIELDS.size):
        for hit in range(held):
            fields[field, hit] = batch.places[FIELDS[field], hits[hit]]
    return Fired(table[0, :count], table[1, :count], table[2, :count], table[3, :count], fields)


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
        if watched < 0 or _touches(batch.places, batch.needs.masks[watched], begin, end):
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
def _touches(places: Ints, clause: Masks, low: int, high: int) -> bool:
    """Whether one of the places is in a clause. (What marks tell is known of texts alone.)"""
    if clause[0] & MARK_BITS:
        return True
    for place in range(low, high):
        number = places[finds.SET, place]
        if (clause[number >> 6] >> np.uint64(number & 63)) & np.uint64(1):
            return True
    return False
