"""What stands in a batch: one column of a table for each set that a match counts in.

The table is an array of shape (fields, columns): one array is cheaper to hand from loop to
loop than many. The fields are `START` to `DISGUISED`; columns stand in the order of `START`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lianfang.text.compiled import compiled
from lianfang.text.stream import SPACE_GAP

if TYPE_CHECKING:
    from lianfang.screening.layout import Leads
    from lianfang.text.scan import Matches
    from lianfang.text.stream import Bytes, Ints
    from lianfang.text.units import Ends, Quotes

START, END, PATTERN, SET, TERM, SENTENCE, TURN, CLAUSE, QUOTED, DISGUISED = range(10)
"""Where a place begins and ends in the stream; its pattern; the set; what tells different
terms apart (a disguised spelling counts as what it stands for); the units it begins in;
whether it is quoted; whether it stands only after a rewriting (a symbol taken out, a spelling
undone)."""
FIELDS = 10
NO_PATTERN = -1
"""Pattern of a handle or number: no term of a list."""


@compiled
def find(matches: Matches, leads: Leads, gap: Bytes) -> Ints:
    """A column for each (match, set), less those that an exception of the set covers.

    Units and quotation are left open, see `locate`.
    """
    size, covers = 0, 0
    for pattern in matches.pattern:
        size += leads.first[pattern + 1] - leads.first[pattern]
        covers += leads.first_exception[pattern + 1] - leads.first_exception[pattern]
    cover = _covers(matches, leads, covers)
    table = np.zeros((FIELDS, size), np.int64)
    count, low = 0, 0
    for match in range(matches.start.size):
        start, end, pattern = matches.start[match], matches.end[match], matches.pattern[match]
        hidden = leads.variant[pattern] or _hidden(gap, start, end)
        while low < covers and cover[0, low] < start - leads.longest:
            low += 1
        for lead in range(leads.first[pattern], leads.first[pattern + 1]):
            if not _covered(cover, low, start, end, leads.sets[lead]):
                table[START, count], table[END, count] = start, end
                table[PATTERN, count], table[SET, count] = pattern, leads.sets[lead]
                table[TERM, count], table[DISGUISED, count] = leads.term[pattern], hidden
                count += 1
    return table[:, :count].copy() if count < size else table


@compiled
def _covers(matches: Matches, leads: Leads, size: int) -> Ints:
    """Exceptions that were found: start, end and set of each, by start."""
    cover = np.empty((3, size), np.int64)
    count = 0
    for match in range(matches.start.size):
        pattern = matches.pattern[match]
        for row in range(leads.first_exception[pattern], leads.first_exception[pattern + 1]):
            cover[0, count], cover[1, count] = matches.start[match], matches.end[match]
            cover[2, count] = leads.exceptions[row]
            count += 1
    return cover


@compiled
def _covered(cover: Ints, low: int, start: int, end: int, number: int) -> bool:
    for row in range(low, cover.shape[1]):
        if cover[0, row] > start:
            return False
        if cover[1, row] >= end and cover[2, row] == number:
            return True
    return False


@compiled
def _hidden(gap: Bytes, start: int, end: int) -> bool:
    """Whether anything but spaces was taken out inside a match."""
    for place in range(start + 1, end):
        if gap[place] > SPACE_GAP:
            return True
    return False


@compiled
def locate(places: Ints, ends: Ends, quoted: Quotes) -> None:
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


@compiled
def _units(starts: Ints, ends: Ints, out: Ints) -> None:
    """Number of the unit that each position, in order, lies in."""
    unit = 0
    for row in range(starts.size):
        while unit < ends.size and ends[unit] < starts[row]:
            unit += 1
        out[row] = unit


@compiled
def merged(places: Ints, more: Ints) -> Ints:
    """Two tables in order as one."""
    size, others = places.shape[1], more.shape[1]
    table = np.empty((FIELDS, size + others), np.int64)
    left, right = 0, 0
    for column in range(size + others):
        if right == others or (left < size and places[START, left] <= more[START, right]):
            table[:, column] = places[:, left]
            left += 1
        else:
            table[:, column] = more[:, right]
            right += 1
    return table
