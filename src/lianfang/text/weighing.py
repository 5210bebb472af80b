"""What the known runs of many texts weigh, as sums of several small weights at a time.

A weight is a byte; eight of them, or six and a mark, stand in one number of 64 bits. Each is raised
by 128, so that none is below 0, and bytes are added up as pairs of them, every other one at a time,
before the raise is taken off again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import compiled, inlined
from lianfang.text.ngrams import (
    BUCKETS,
    LONGEST,
    NEWLINE,
    as_read,
    bucket_of,
    fill,
    first_of,
    longest_of,
    mark_of,
    mixed_up,
    number_of,
    second_of,
    third_of,
)

if TYPE_CHECKING:
    from lianfang.text.ngrams import Buckets, Floats, Marks, Owners, Table
    from lianfang.text.stream import Bytes, Codes, Ints

LANES, RAISED = 8, 128
FEW = 6
"""Weights that stand below a mark in one number."""
BYTE, MARK_AT = np.uint64(8), np.uint64(8 * FEW)
EVEN, SUM = np.uint64(0x00FF00FF00FF00FF), np.uint64(0xFFFF)
MOST_ADDED = 256
"""Raised weights that can be added up in sixteen bits."""

Packed = NDArray[np.uint64]


def packed(table: Table) -> Packed:
    """Weights as `weighed` reads them: a row for no run, then one for each, in steps of columns.

    Returns:
        An entry for each eight columns.
    """
    size, columns = table.shape
    words = -(-columns // LANES)
    raised = np.full((size + 1, LANES * words), RAISED, dtype=np.uint8)
    raised[1:, :columns] = _raised(table)
    return raised.view(np.uint64)


def unpacked(rows: Packed, columns: int) -> Table:
    """The weights that were packed."""
    raised = rows.view(np.uint8)[1:, :columns]
    return (raised ^ np.uint8(RAISED)).view(np.int8)


def packed_few(buckets: Buckets, marks: Marks, table: Table) -> Packed:
    """Weights of at most `FEW` columns as `weighed_few` reads them: an entry for each bucket.

    Raises:
        ValueError: there are more columns.
    """
    raised = np.zeros((buckets.size, LANES), dtype=np.uint8)
    lanes = raised[:, :FEW]
    lanes[:] = RAISED
    lanes[:, : table.shape[1]] = _raised(table)
    entries = np.zeros(BUCKETS, dtype=np.uint64)
    entries[buckets] = raised.view(np.uint64)[:, 0] | (marks.astype(np.uint64) + 1) << MARK_AT
    return entries


def _raised(table: Table) -> Bytes:
    return np.ascontiguousarray(table).view(np.uint8) ^ np.uint8(RAISED)


@compiled
def weighed(
    codes: Codes, first: Ints, last: Ints, owners: Owners, table: Packed, scale: Floats
) -> Floats:
    """For each text the weight of its runs in each column of a table.

    Args:
        codes: normalised code points of all texts.
        first: where each begins.
        last: where each ends.
        owners: the known runs.
        table: the `packed` weights, in steps of their column's scale.
        scale: the step of each column.
    """
    out = np.zeros((first.size, scale.size))
    sums = np.empty(LANES, np.int64)
    mixed = np.empty(LONGEST * longest_of(first, last), np.uint64)
    rows = np.empty(mixed.size, np.int64)
    for text in range(first.size):
        size, count = fill(codes, first[text], last[text], mixed, 0), 0
        for run in range(size):
            rows[count] = number_of(owners, mixed[run])
            count += rows[count] > 0
        for word in range(table.shape[1]):
            column = LANES * word
            _sum(table, rows, count, word, sums)
            for lane in range(min(LANES, scale.size - column)):
                steps = sums[lane] - RAISED * count
                out[text, column + lane] = scale[column + lane] * steps / np.sqrt(max(size, 1))
    return out


@compiled
def weighed_few(codes: Codes, first: Ints, last: Ints, table: Packed, scale: Floats) -> Floats:
    """As `weighed`, of few columns, `packed_few`.

    Each run is hashed, looked up and added in one breath, whether it is known or not: nothing
    branches on what can't be foreseen.
    """
    out = np.zeros((first.size, scale.size))
    sums = np.empty(LANES, np.int64)
    for text in range(first.size):
        begin, end, known = first[text], last[text], 0
        sums[:] = 0
        before, behind, beside = np.uint64(0), first_of(NEWLINE), second_of(NEWLINE)
        place = begin
        while place < end:
            even, odd = np.uint64(0), np.uint64(0)
            stop = min(end, place + MOST_ADDED // LONGEST)
            while place < stop:
                code = as_read(codes[place])
                one, two = first_of(code), second_of(code)
                a = _entry(table, mixed_up(one))
                b = _entry(table, mixed_up(behind ^ two))
                c = _entry(table, mixed_up(before ^ beside ^ third_of(code)))
                c &= np.uint64(0) - np.uint64(place > begin)
                known += int(a != 0) + int(b != 0) + int(c != 0)
                even += (a & EVEN) + (b & EVEN) + (c & EVEN)
                odd += ((a >> BYTE) & EVEN) + ((b >> BYTE) & EVEN) + ((c >> BYTE) & EVEN)
                before, behind, beside = behind, one, two
                place += 1
            _empty(even, odd, sums)
        length = np.sqrt(max(LONGEST * (end - begin) - 1, 1))
        for lane in range(scale.size):
            out[text, lane] = scale[lane] * (sums[lane] - RAISED * known) / length
    return out


@inlined
def _entry(table: Packed, mixed: np.uint64) -> np.uint64:
    """The entry of a run, 0 of one that isn't known."""
    entry: np.uint64 = table[np.int64(bucket_of(mixed))]
    same = entry >> MARK_AT == mark_of(mixed) + np.uint64(1)
    return entry & (np.uint64(0) - np.uint64(same))


@inlined
def _sum(table: Packed, rows: Ints, count: int, word: int, sums: Ints) -> None:
    """Add up the raised weights of some rows.

    One loop that empties its numbers when they are full: two loops would be compiled to gathering
    instructions, which some processors have made slow.
    """
    sums[:] = 0
    even, odd, held = np.uint64(0), np.uint64(0), 0
    for row in range(count):
        entry = table[rows[row], word]
        even += entry & EVEN
        odd += (entry >> BYTE) & EVEN
        held += 1
        if held == MOST_ADDED:
            _empty(even, odd, sums)
            even, odd, held = np.uint64(0), np.uint64(0), 0
    _empty(even, odd, sums)


@inlined
def _empty(even: np.uint64, odd: np.uint64, sums: Ints) -> None:
    for pair in range(LANES // 2):
        shift = np.uint64(16 * pair)
        sums[2 * pair] += np.int64((even >> shift) & SUM)
        sums[2 * pair + 1] += np.int64((odd >> shift) & SUM)
