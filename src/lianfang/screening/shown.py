"""The places that made features fire, traced back to the originals, for a whole batch at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.screening.evaluate import END, PATTERN, SENTENCE, START, TURN
from lianfang.screening.finds import NO_PATTERN
from lianfang.text.compiled import compiled
from lianfang.text.stream import NO_GAP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.screening.firing import Firing
    from lianfang.text.stream import Bools, Bytes, Codes, Ints

MOST_SPANS = 12
"""Spans shown for one feature; more would hide the text that they explain."""

AS_IT_STANDS, REWRITTEN, UNCOVERED = range(3)
ASCII_CASE, ASCII_END = 0x20, 0x80


class Change(NamedTuple):
    """A term that reads differently in the original.

    `[start, end)` counts in the original, `[first, last)` in the stream; `how` is `REWRITTEN`
    (other characters, or a listed spelling) or `UNCOVERED` (something was taken out inside).
    """

    start: int
    end: int
    first: int
    last: int
    pattern: int
    how: int


class Told(NamedTuple):
    """What is to be told of one text.

    Attributes:
        rules: rules that fired, in the program's order.
        spans: for each rule, where in the original, those left out that lie in others.
        unit: sentences of the batch that places are in (turns, where the text has several
            lines), rule by rule; those of rule `i` are `unit[first[i]:first[i + 1]]`.
        changes: terms that read differently, in order.
    """

    rules: list[int]
    spans: list[list[tuple[int, int]]]
    unit: list[int]
    first: list[int]
    changes: list[Change]


NOTHING = Told([], [], [], [0], [])


def shown(firing: Firing) -> Iterator[tuple[int, Told]]:
    """Each concerned text, with everything that fired there."""
    fired = firing.fired
    if not fired.text.size:
        return
    order = np.lexsort((fired.rule, fired.text))
    first, last, texts = fired.first[order], fired.last[order], fired.text[order]
    spans, span_first, unit, unit_first = _traced(firing, first, last, texts)
    changes = _changes(firing, np.unique(texts))
    at = [*np.flatnonzero(np.diff(texts, prepend=-1)).tolist(), texts.size]
    rules = fired.rule[order].tolist()
    for begin, end in pairwise(at):
        pairs = range(begin, end)
        text = int(texts[begin])
        yield (
            text,
            Told(
                rules[begin:end],
                [spans[span_first[pair] : span_first[pair + 1]] for pair in pairs],
                unit,
                unit_first[begin : end + 1],
                changes.get(text, []),
            ),
        )


def _traced(
    firing: Firing, first: Ints, last: Ints, texts: Ints
) -> tuple[list[tuple[int, int]], list[int], list[int], list[int]]:
    stream = firing.stream
    table, span_first, unit = _trace(
        first, last, texts, firing.fired.hits, stream.raw_starts, stream.starts, stream.origin,
        firing.units.all.turn,
    )  # fmt: skip
    spans = list(zip(*table.tolist(), strict=True))
    unit_first = np.concatenate((np.zeros(1, np.int64), np.cumsum(last - first)))
    return spans, span_first.tolist(), unit.tolist(), unit_first.tolist()


@compiled
def _trace(
    first: Ints,
    last: Ints,
    texts: Ints,
    hits: Ints,
    raw_starts: Ints,
    starts: Ints,
    origin: Ints,
    turn_ends: Ints,
) -> tuple[Ints, Ints, Ints]:
    """Outermost spans in the original, where those of each pair begin, and units of all hits."""
    size = np.sum(last - first)
    table, unit = np.empty((2, size), np.int64), np.empty(size, np.int64)
    span_first = np.zeros(first.size + 1, np.int64)
    count, at = 0, 0
    for pair in range(first.size):
        text, begun = texts[pair], count
        base = raw_starts[text]
        for hit in range(first[pair], last[pair]):
            start, end = origin[hits[START, hit]] - base, origin[hits[END, hit] - 1] + 1 - base
            count = _put(table, begun, count, start, end)
            turn = hits[TURN, hit]
            one_line = turn_ends[turn] == starts[text + 1] - 1 and (
                turn == 0 or turn_ends[turn - 1] < starts[text]
            )
            unit[at] = hits[SENTENCE, hit] if one_line else turn
            at += 1
        count = min(_outermost(table, begun, count), begun + MOST_SPANS)
        span_first[pair + 1] = count
    return table[:, :count], span_first, unit


@compiled
def _put(table: Ints, begun: int, count: int, start: int, end: int) -> int:
    """Put a span in its place by start, the longer of two that begin alike first."""
    at = count
    while at > begun and (
        table[0, at - 1] > start or (table[0, at - 1] == start and table[1, at - 1] < end)
    ):
        table[0, at], table[1, at] = table[0, at - 1], table[1, at - 1]
        at -= 1
    table[0, at], table[1, at] = start, end
    return count + 1


@compiled
def _outermost(table: Ints, begun: int, count: int) -> int:
    """Of spans in order keep those that lie in no other."""
    kept = begun
    for at in range(begun, count):
        if kept == begun or table[1, at] > table[1, kept - 1]:
            table[0, kept], table[1, kept] = table[0, at], table[1, at]
            kept += 1
    return kept


def _changes(firing: Firing, texts: Ints) -> dict[int, list[Change]]:
    """For each text the terms that read differently, those left out that lie in others."""
    stream, hits = firing.stream, firing.fired.hits
    how = _changed(
        hits, stream.codes, stream.raw, stream.origin, stream.gap, firing.layout.leads.variant
    )
    rows = np.flatnonzero(how != AS_IT_STANDS)
    if not rows.size:
        return {}
    first, last, pattern = hits[START, rows], hits[END, rows], hits[PATTERN, rows]
    owner = stream.text_of(first)
    base = stream.raw_starts[owner]
    columns = (
        owner, stream.origin[first] - base, stream.origin[last - 1] + 1 - base, first, last,
        pattern, how[rows],
    )  # fmt: skip
    found: dict[int, list[Change]] = {text: [] for text in texts.tolist()}
    ordered = sorted(set(zip(*(c.tolist() for c in columns), strict=True)), key=_outer_first)
    for text, *change in ordered:
        mine = found.get(text)
        if mine is not None and (not mine or change[1] > mine[-1].end):
            mine.append(Change(*change))
    return found


def _outer_first(row: tuple[int, ...]) -> tuple[int, int, int]:
    text, start, end, *_ = row
    return text, start, -end


@compiled
def _changed(
    hits: Ints, codes: Codes, raw: Codes, origin: Ints, gap: Bytes, variant: Bools
) -> Bytes:
    """How each term reads differently in the original (case apart)."""
    how = np.zeros(hits.shape[1], np.uint8)
    for hit in range(hits.shape[1]):
        first, last, pattern = hits[START, hit], hits[END, hit], hits[PATTERN, hit]
        if pattern == NO_PATTERN:
            continue
        if variant[pattern]:
            how[hit] = REWRITTEN
        for place in range(first, last):
            if place > first and gap[place] != NO_GAP:
                how[hit] = UNCOVERED
                break
            before, after = raw[origin[place]], codes[place]
            if before != after and not (before < ASCII_END and before | ASCII_CASE == after):
                how[hit] = REWRITTEN
    return how
