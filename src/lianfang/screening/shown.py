"""The places that made features fire, traced back to the originals, for a whole batch at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from lianfang.screening import finds
from lianfang.screening.finds import NO_PATTERN, SENTENCE, TURN
from lianfang.text.compiled import compiled
from lianfang.text.stream import NO_GAP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.screening.firing import Firing
    from lianfang.text.stream import Bools, Bytes, Codes, Ints

AS_IT_STANDS, REWRITTEN, UNCOVERED = range(3)
ASCII_CASE, ASCII_END = 0x20, 0x80


Shown: TypeAlias = tuple[int, int, int, int, int, int, int]
"""One place: start and end in the original, start and end in the stream, the pattern, how it
is changed (`AS_IT_STANDS`, `REWRITTEN`: other characters or a listed spelling, `UNCOVERED`:
something was taken out inside), and its unit: a sentence of the batch, or a turn where the text
has several lines. A plain tuple, since more of these are made than of anything else; its fields
are `START` to `UNIT`."""
START, END, FIRST, LAST, PATTERN, CHANGED, UNIT = range(7)

Told = list[tuple[int, list[Shown]]]
"""Rules that fired in one text, in the program's order, each with its places, by start."""


def shown(firing: Firing) -> Iterator[tuple[int, Told]]:
    """Each concerned text, with everything that fired there."""
    fired = firing.fired
    concerned = np.zeros(len(firing.stream.texts), dtype=bool)
    concerned[fired.text[firing.layout.of_guide[fired.rule]]] = True
    kept = np.flatnonzero(concerned[fired.text])
    if not kept.size:
        return
    order = kept[np.lexsort((fired.rule[kept], fired.text[kept]))]
    first, last = fired.first[order], fired.first[order + 1]
    places = _places(firing, first, last, fired.text[order])
    at, current, told = 0, -1, Told()
    columns = (fired.text[order], fired.rule[order], last - first)
    for text, rule, count in zip(*(column.tolist() for column in columns), strict=True):
        if text != current:
            if told:
                yield current, told
            current, told = text, []
        mine = places[at : at + count]
        told.append((rule, sorted(set(mine)) if count > 1 else mine))
        at += count
    yield current, told


def _places(firing: Firing, first: Ints, last: Ints, texts: Ints) -> list[Shown]:
    stream = firing.stream
    table = _traced(
        first, last, texts, firing.fired.hits, firing.places, stream.raw_starts, stream.starts,
        stream.origin, firing.units.all.turn,
    )  # fmt: skip
    _changed(
        table, stream.codes, stream.raw, stream.origin, stream.gap, firing.layout.leads.variant
    )
    return list(zip(*table.tolist(), strict=True))


@compiled
def _traced(
    first: Ints,
    last: Ints,
    texts: Ints,
    hits: Ints,
    places: Ints,
    raw_starts: Ints,
    starts: Ints,
    origin: Ints,
    turn_ends: Ints,
) -> Ints:
    """The fields of `Shown` as rows, `changed` left open."""
    size = 0
    for row in range(first.size):
        size += last[row] - first[row]
    table = np.zeros((UNIT + 1, size), np.int64)
    at = 0
    for row in range(first.size):
        text = texts[row]
        for hit in range(first[row], last[row]):
            place = hits[hit]
            begin, end = places[finds.START, place], places[finds.END, place]
            turn = places[TURN, place]
            one_line = turn_ends[turn] == starts[text + 1] - 1 and (
                turn == 0 or turn_ends[turn - 1] < starts[text]
            )
            table[START, at] = origin[begin] - raw_starts[text]
            table[END, at] = origin[end - 1] + 1 - raw_starts[text]
            table[FIRST, at], table[LAST, at] = begin, end
            table[PATTERN, at] = places[finds.PATTERN, place]
            table[UNIT, at] = places[SENTENCE, place] if one_line else turn
            at += 1
    return table


@compiled
def _changed(
    table: Ints, codes: Codes, raw: Codes, origin: Ints, gap: Bytes, variant: Bools
) -> None:
    """Fill in how each place reads differently in the original (case apart)."""
    for row in range(table.shape[1]):
        first, last, pattern = table[FIRST, row], table[LAST, row], table[PATTERN, row]
        if pattern != NO_PATTERN and variant[pattern]:
            table[CHANGED, row] = REWRITTEN
        for place in range(first, last):
            if place > first and gap[place] != NO_GAP:
                table[CHANGED, row] = UNCOVERED
                break
            before, after = raw[origin[place]], codes[place]
            if before != after and not (before < ASCII_END and before | ASCII_CASE == after):
                table[CHANGED, row] = REWRITTEN
