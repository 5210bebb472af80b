"""The places that made features fire, traced back to the originals, for a whole batch at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.screening.evaluate import END, PATTERN, SENTENCE, START, TURN
from lianfang.screening.finds import NO_PATTERN
from lianfang.text.compiled import compiled, inner
from lianfang.text.stream import NO_GAP

if TYPE_CHECKING:
    from lianfang.screening.firing import Firing
    from lianfang.text.ngrams import Floats
    from lianfang.text.stream import Bools, Bytes, Codes, Ints, Origin

MOST_SPANS = 12
"""Spans shown for one feature; more would hide the text that they explain."""

AS_IT_STANDS, REWRITTEN, UNCOVERED = range(3)
UNDONE = 3
"""What is at least this is `UNDONE` and a `How`: a disguise that was undone in reading."""
ASCII_CASE, ASCII_END = 0x20, 0x80
LINKS = 32
"""A power of 2."""


class Change(NamedTuple):
    """A term that reads differently in the original.

    `[start, end)` counts in the original, `[first, last)` in the stream; `how` is `REWRITTEN`
    (other characters, or a listed spelling), `UNCOVERED` (something was taken out inside), or
    `UNDONE` and more.
    """

    start: int
    end: int
    first: int
    last: int
    pattern: int
    how: int


class Speaks(NamedTuple):
    """For each rule the stance it speaks for (-1: none), and how loudly."""

    stance: Ints
    weight: Floats


class Shown(NamedTuple):
    """What is to be told of a batch, as lists.

    Attributes:
        first: where the rules of each text begin; one more for the end.
        rules: rules that fired, text by text, in the program's order.
        span_first: where the spans of each of those begin in `spans`; one more for the end.
        spans: which of its text's places each is; those left out that lie in others.
        place_first: where the places of each text begin; one more for the end.
        starts, ends: of each place, in the original text.
        decided: start and end of the sentence (in a text of several lines: of the line) that
            speaks loudest for the stance of each text, -1 where none does.
        changes: for some texts the terms that read differently, in order.
    """

    first: list[int]
    rules: list[int]
    span_first: list[int]
    spans: list[int]
    place_first: list[int]
    starts: list[int]
    ends: list[int]
    decided: list[tuple[int, int]]
    changes: dict[int, list[Change]]


def shown(firing: Firing, wanted: Bools, stances: Ints, speaks: Speaks) -> Shown:
    """Everything that fired in the texts that are wanted.

    Args:
        firing: of the batch.
        wanted: which of its texts.
        stances: the stance that each was judged to take.
        speaks: of the program's rules.
    """
    fired, stream = firing.fired, firing.stream
    rows = np.flatnonzero(wanted[fired.text])
    rows = rows[np.lexsort((fired.rule[rows], fired.text[rows]))]
    texts, rules = fired.text[rows], fired.rule[rows]
    table, span_first, decided = _trace(
        fired.first[rows], fired.last[rows], texts, rules, stances, speaks.stance, speaks.weight,
        fired.hits, stream.raw_starts, stream.starts, stream.origin, firing.units.all.sentence,
        firing.units.all.turn,
    )  # fmt: skip
    first = np.searchsorted(texts, np.arange(wanted.size + 1))
    spans, place_first, count = _places(table, span_first, first)
    starts, ends = table[:, :count].tolist()
    return Shown(
        first.tolist(),
        rules.tolist(),
        span_first.tolist(),
        spans.tolist(),
        place_first.tolist(),
        starts,
        ends,
        list(zip(*decided.tolist(), strict=True)),
        _changes(firing, np.flatnonzero(wanted)),
    )


@compiled
def _trace(
    first: Ints,
    last: Ints,
    texts: Ints,
    rules: Ints,
    stances: Ints,
    speaks_for: Ints,
    weights: Floats,
    hits: Ints,
    raw_starts: Ints,
    starts: Ints,
    origin: Origin,
    sentence_ends: Ints,
    turn_ends: Ints,
) -> tuple[Ints, Ints, Ints]:
    """Outermost spans in the original, where those of each pair begin, and what decided."""
    table = np.empty((2, np.sum(last - first)), np.int64)
    span_first = np.zeros(first.size + 1, np.int64)
    decided = np.full((2, starts.size - 1), -1, np.int64)
    # of each unit: how loudly it speaks, in which text, and the pair that was heard last
    loud, heard = np.zeros(sentence_ends.size), np.full((2, sentence_ends.size), -1, np.int64)
    count, best = 0, -1
    for pair in range(first.size):
        text, rule, begun = texts[pair], rules[pair], count
        base, over = raw_starts[text], starts[text + 1] - 1
        speaks = speaks_for[rule] == stances[text]
        if pair == 0 or texts[pair - 1] != text:
            best = -1
        for hit in range(first[pair], last[pair]):
            start, end = origin[hits[START, hit]] - base, origin[hits[END, hit] - 1] + 1 - base
            count = _put(table, begun, count, start, end)
            if not speaks:
                continue
            turn = hits[TURN, hit]
            one_line = turn_ends[turn] == over and (turn == 0 or turn_ends[turn - 1] < starts[text])
            unit = hits[SENTENCE, hit] if one_line else turn
            if heard[0, unit] != text:
                heard[0, unit], loud[unit] = text, 0.0
            if heard[1, unit] != pair:
                heard[1, unit] = pair
                loud[unit] += weights[rule]
                if (
                    best < 0
                    or loud[unit] > loud[best]
                    or (loud[unit] == loud[best] and unit < best)
                ):
                    best = unit
                    unit_ends = sentence_ends if one_line else turn_ends
                    begin = unit_ends[unit - 1] + 1 if unit else 0
                    stop = max(min(unit_ends[unit] + 1, over), begin + 1)
                    decided[0, text] = origin[begin] - base
                    decided[1, text] = origin[stop - 1] + 1 - base
        count = min(_outermost(table, begun, count), begun + MOST_SPANS)
        span_first[pair + 1] = count
    return table[:, :count], span_first, decided


@inner
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


@inner
def _outermost(table: Ints, begun: int, count: int) -> int:
    """Of spans in order keep those that lie in no other."""
    kept = begun
    for at in range(begun, count):
        if kept == begun or table[1, at] > table[1, kept - 1]:
            table[0, kept], table[1, kept] = table[0, at], table[1, at]
            kept += 1
    return kept


@compiled
def _places(table: Ints, span_first: Ints, first: Ints) -> tuple[Ints, Ints, int]:
    """Number the places of each text, and move each place once to the front of the table.

    Returns:
        For each span which of its text's places it is; where the places of each text begin; how
        many there are.
    """
    spans, place_first = np.empty(table.shape[1], np.int64), np.zeros(first.size, np.int64)
    # places whose start ends in the same bits are linked, so that few are compared
    heads, after = np.empty(LINKS, np.int64), np.empty(table.shape[1], np.int64)
    count = 0
    for text in range(first.size - 1):
        begun = count
        heads[:] = -1
        for span in range(span_first[first[text]], span_first[first[text + 1]]):
            start, end = table[0, span], table[1, span]
            link = start & (LINKS - 1)
            place = heads[link]
            while place >= 0 and (table[0, place] != start or table[1, place] != end):
                place = after[place]
            if place < 0:
                place = count
                table[0, place], table[1, place] = start, end
                after[place], heads[link] = heads[link], place
                count += 1
            spans[span] = place - begun
        place_first[text + 1] = count
    return spans, place_first, count


def _changes(firing: Firing, texts: Ints) -> dict[int, list[Change]]:
    """For each text the terms that read differently, those left out that lie in others."""
    stream, hits = firing.stream, firing.fired.hits
    how = _changed(
        hits, stream.codes, stream.raw, stream.origin, stream.gap, stream.undone,
        firing.layout.leads.variant,
    )  # fmt: skip
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
    hits: Ints,
    codes: Codes,
    raw: Codes,
    origin: Origin,
    gap: Bytes,
    undone: Bytes,
    variant: Bools,
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
            if undone[place]:
                how[hit] = UNDONE + undone[place]
                break
            if place > first and gap[place] != NO_GAP:
                how[hit] = UNCOVERED
                break
            before, after = raw[origin[place]], codes[place]
            if before != after and not (before < ASCII_END and before | ASCII_CASE == after):
                how[hit] = REWRITTEN
    return how
