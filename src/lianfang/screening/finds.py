"""What stands in a batch: one column of a table for each set that a match counts in.

The table is an array of shape (fields, columns): one array is cheaper to hand from loop to
loop than many. The fields are `START` to `DISGUISED`; columns stand in the order of `START`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import compiled, inlined
from lianfang.text.stream import SPACE_GAP

if TYPE_CHECKING:
    from lianfang.screening.layout import Leads
    from lianfang.text.scan import Matches
    from lianfang.text.stream import Bools, Bytes, Ints
    from lianfang.text.units import Ends, Quotes

START, END, PATTERN, SET, TERM, SENTENCE, TURN, CLAUSE, QUOTED, DISGUISED = range(10)
"""Where a place begins and ends in the stream; its pattern; the set; what tells different
terms apart (a disguised spelling counts as what it stands for); the units it begins in;
whether it is quoted; whether it stands only after a rewriting (a symbol taken out, a spelling
undone)."""
FIELDS = 10
Places = NDArray[np.int32]
Column = NDArray[np.int32]
NO_PATTERN = -1
"""Pattern of a handle or number: no term of a list."""


class BySet(NamedTuple):
    """The columns of a table by set: those of set `s` are `columns[first[s] : first[s + 1]]`."""

    first: Ints
    columns: Ints


@compiled
def find(matches: Matches, leads: Leads, gap: Bytes, undone: Bytes) -> Places:
    """A column for each (match, set), less those that an exception of the set covers.

    Units and quotation are left open, see `locate`.
    """
    cover = np.empty((3, _covers(matches, leads, np.empty((3, 0), np.int64))), np.int64)
    _covers(matches, leads, cover)
    nowhere = np.empty((FIELDS, 0), np.int32)
    table = np.empty((FIELDS, _fill(cover, matches, leads, gap, undone, nowhere)), np.int32)
    _fill(cover, matches, leads, gap, undone, table)
    return table


@inlined
def _fill(
    cover: Ints, matches: Matches, leads: Leads, gap: Bytes, undone: Bytes, table: Places
) -> int:
    """Write the columns into a table that has room for them; how many there are."""
    covers, count, low = cover.shape[1], 0, 0
    writes = table.shape[1] > 0
    for match in range(matches.start.size):
        start, end, pattern = matches.start[match], matches.end[match], matches.pattern[match]
        hidden = writes and (leads.variant[pattern] or _hidden(gap, undone, start, end))
        while low < covers and cover[0, low] < start - leads.longest:
            low += 1
        for lead in range(leads.first[pattern], leads.first[pattern + 1]):
            if low < covers and _covered(cover, low, start, end, leads.sets[lead]):
                continue
            if writes:
                table[START, count], table[END, count] = start, end
                table[PATTERN, count], table[SET, count] = pattern, leads.sets[lead]
                table[TERM, count], table[DISGUISED, count] = leads.term[pattern], hidden
            count += 1
    return count


@inlined
def _covers(matches: Matches, leads: Leads, cover: Ints) -> int:
    """Exceptions that were found: start, end and set of each, by start; how many there are."""
    count, writes = 0, cover.shape[1] > 0
    for match in range(matches.start.size):
        pattern = matches.pattern[match]
        for row in range(leads.first_exception[pattern], leads.first_exception[pattern + 1]):
            if writes:
                cover[0, count], cover[1, count] = matches.start[match], matches.end[match]
                cover[2, count] = leads.exceptions[row]
            count += 1
    return count


@inlined
def _covered(cover: Ints, low: int, start: int, end: int, number: int) -> bool:
    for row in range(low, cover.shape[1]):
        if cover[0, row] > start:
            return False
        if cover[1, row] >= end and cover[2, row] == number:
            return True
    return False


@inlined
def _hidden(gap: Bytes, undone: Bytes, start: int, end: int) -> bool:
    """Whether a match was written in disguise, or anything but spaces was taken out inside."""
    for place in range(start, end):
        if undone[place] or (place > start and gap[place] > SPACE_GAP):
            return True
    return False


@compiled
def locate(places: Places, ends: Ends, quoted: Quotes) -> None:
    """Fill in the units that each place begins in, and whether it is quoted."""
    _units(places[START], ends.sentence, places[SENTENCE])
    _units(places[START], ends.turn, places[TURN])
    _units(places[START], ends.clause, places[CLAUSE])
    quote = 0
    for place in range(places.shape[1]):
        start = places[START, place]
        while quote < quoted.opens.size and quoted.closes[quote] <= start:
            quote += 1
        places[QUOTED, place] = quote < quoted.opens.size and quoted.opens[quote] < start


@inlined
def _units(starts: Column, ends: Ints, out: Column) -> None:
    """Number of the unit that each position, in order, lies in."""
    unit = 0
    for row in range(starts.size):
        while unit < ends.size and ends[unit] < starts[row]:
            unit += 1
        out[row] = unit


@compiled
def merged(places: Places, more: Places, starts: Ints, wanted: Bools) -> tuple[Places, Ints]:
    """Two tables as one, with the places of some texts only; and where those of each text begin.

    Args:
        places: one table.
        more: the other.
        starts: where each text begins in the stream; one more for the end.
        wanted: which texts.
    """
    first, bounds = np.zeros(starts.size, np.int64), np.zeros((2, starts.size), np.int64)
    _bounds(places, starts, bounds[0])
    _bounds(more, starts, bounds[1])
    for text in range(starts.size - 1):
        first[text + 1] = first[text]
        if wanted[text]:
            for of in range(2):
                first[text + 1] += bounds[of, text + 1] - bounds[of, text]
    table = np.empty((FIELDS, first[starts.size - 1]), np.int32)
    for text in range(starts.size - 1):
        if wanted[text]:
            _merge(
                places, bounds[0, text], bounds[0, text + 1],
                more, bounds[1, text], bounds[1, text + 1], table, first[text],
            )  # fmt: skip
    return table, first


@inlined
def _bounds(places: Places, starts: Ints, out: Ints) -> None:
    """Where the places of each text begin."""
    text = 0
    for place in range(places.shape[1]):
        while starts[text] <= places[START, place]:
            out[text] = place
            text += 1
    out[text:] = places.shape[1]


@inlined
def _merge(
    left: Places, at: int, end: int, right: Places, other: int, last: int, table: Places, out: int
) -> None:
    """Write the columns `[at, end)` of one table and `[other, last)` of another, by start."""
    while at < end or other < last:
        stop = at
        while stop < end and (other == last or left[START, stop] <= right[START, other]):
            stop += 1
        for field in range(FIELDS):
            for column in range(at, stop):
                table[field, out + column - at] = left[field, column]
        out += stop - at
        at = stop
        if other < last:
            for field in range(FIELDS):
                table[field, out] = right[field, other]
            other, out = other + 1, out + 1


@compiled
def by_set(places: Places, sets: int) -> BySet:
    """The columns of each of so many sets, in order."""
    first, columns = np.zeros(sets + 1, np.int64), np.empty(places.shape[1], np.int64)
    for number in places[SET]:
        first[number + 1] += 1
    for number in range(sets):
        first[number + 1] += first[number]
    free = first.copy()
    for column in range(columns.size):
        number = places[SET, column]
        columns[free[number]] = column
        free[number] += 1
    return BySet(first, columns)


@inlined
def first_from(columns: Ints, low: int, high: int, column: int) -> int:
    """First of the entries `[low, high)` that is the column or one behind it, else `high`."""
    while low < high:
        middle = (low + high) // 2
        if columns[middle] < column:
            low = middle + 1
        else:
            high = middle
    return low
