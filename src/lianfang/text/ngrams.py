"""Runs of one to three characters of normalised text, hashed into buckets, and weighed.

Every digit is read as 0. A text begins and ends with a newline, so that a run may say that it
stands at either end. Runs of one text share a length of 1: each counts 1 / sqrt(their number).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import compiled, inner

if TYPE_CHECKING:
    from lianfang.text.stream import Codes, Ints

BITS = 17
BUCKETS = 1 << BITS
LONGEST = 3
ZERO, NINE, NEWLINE = ord("0"), ord("9"), ord("\n")
Table = NDArray[np.int8]
Floats = NDArray[np.float64]


@inner
def _bucket(one: int, two: int, three: int) -> int:
    """The bucket of a run; 0 stands for no character."""
    mixed = np.uint64(one) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= np.uint64(two) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= np.uint64(three) * np.uint64(0x165667B19E3779F9)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return int(mixed >> np.uint64(64 - BITS))


@inner
def _read(code: int) -> int:
    return ZERO if ZERO <= code <= NINE else code


@compiled
def buckets(codes: Codes, starts: Ints) -> tuple[Ints, Ints]:
    """Buckets of all runs, and where those of each text begin; one more for the end."""
    found = np.empty(LONGEST * codes.size + starts.size, np.int64)
    first = np.zeros(starts.size, np.int64)
    count = 0
    for text in range(starts.size - 1):
        first[text] = count
        before, last = 0, NEWLINE
        for place in range(starts[text], starts[text + 1]):
            code = _read(codes[place])
            found[count] = _bucket(code, 0, 0)
            found[count + 1] = _bucket(last, code, 0)
            count += 2
            if before:
                found[count] = _bucket(before, last, code)
                count += 1
            before, last = last, code
    first[starts.size - 1] = count
    return found[:count], first


@compiled
def weighed(codes: Codes, starts: Ints, table: Table, scale: Floats) -> Floats:
    """For each text the weight of its runs in each column of a table.

    Args:
        codes: normalised code points of all texts.
        starts: where each begins; one more for the end.
        table: a weight for each bucket and column, in steps of the column's scale.
        scale: the step of each column.
    """
    columns = table.shape[1]
    out = np.zeros((starts.size - 1, columns), np.float64)
    sums = np.zeros(columns, np.int32)
    for text in range(starts.size - 1):
        sums[:] = 0
        before, last, count = 0, NEWLINE, 0
        for place in range(starts[text], starts[text + 1]):
            code = _read(codes[place])
            one, two = _bucket(code, 0, 0), _bucket(last, code, 0)
            for column in range(columns):
                sums[column] += np.int32(table[one, column]) + np.int32(table[two, column])
            count += 2
            if before:
                three = _bucket(before, last, code)
                for column in range(columns):
                    sums[column] += np.int32(table[three, column])
                count += 1
            before, last = last, code
        for column in range(columns):
            out[text, column] = scale[column] * sums[column] / np.sqrt(max(count, 1))
    return out


@compiled
def strongest(
    codes: Codes,
    starts: Ints,
    table: Table,
    scale: Floats,
    best: Ints,
    other: Ints,
    most: int,
) -> tuple[Ints, Floats]:
    """For each text the runs that weigh most for one column against another.

    A run that occurs several times is told once, with the sum.

    Args:
        codes: as in `weighed`.
        starts: too.
        table: too.
        scale: too.
        best: the one column, for each text.
        other: the other.
        most: runs that are told of a text.

    Returns:
        Numbers of the runs in the order of `buckets`, -1 where there are no more; and weights.
    """
    found, first = buckets(codes, starts)
    longest = 0
    for text in range(first.size - 1):
        longest = max(longest, first[text + 1] - first[text])
    room = 2
    while room < 2 * longest:
        room *= 2
    most = min(most, longest)
    numbers, weights = (
        np.full((starts.size - 1, most), -1, np.int64),
        np.zeros((starts.size - 1, most)),
    )
    held, distinct, sums = np.full(room, -1), np.zeros((2, longest), np.int64), np.zeros(longest)
    for text in range(starts.size - 1):
        begin, end, one, two = first[text], first[text + 1], best[text], other[text]
        count = _distinct(found, begin, end, held, distinct)
        for run in range(count):
            sums[run] = 0.0
        for run in range(begin, end):
            bucket = found[run]
            lead = scale[one] * table[bucket, one] - scale[two] * table[bucket, two]
            sums[held[_place(found, held, distinct, bucket)]] += lead
        for slot in range(min(most, count)):
            top = _heaviest(sums, count)
            numbers[text, slot] = distinct[RUN, top] - begin
            weights[text, slot] = sums[top] / np.sqrt(end - begin)
            sums[top] = 0.0
        for run in range(count):
            held[distinct[PLACE, run]] = -1
    return numbers, weights


RUN, PLACE = range(2)
"""Of a run that differs from those before it in its text: where it stands, and its place in the
hash table."""


@inner
def _place(found: Ints, held: Ints, distinct: Ints, bucket: int) -> int:
    """Where in the hash table a bucket stands, or the empty place where it would."""
    place = bucket & (held.size - 1)
    while held[place] >= 0 and found[distinct[RUN, held[place]]] != bucket:
        place = (place + 1) & (held.size - 1)
    return place


@inner
def _distinct(found: Ints, begin: int, end: int, held: Ints, distinct: Ints) -> int:
    """Put the runs `[begin, end)` that differ into the empty hash table; how many there are."""
    count = 0
    for run in range(begin, end):
        place = _place(found, held, distinct, found[run])
        if held[place] < 0:
            held[place] = count
            distinct[RUN, count], distinct[PLACE, count] = run, place
            count += 1
    return count


@inner
def _heaviest(sums: Floats, count: int) -> int:
    top = 0
    for run in range(1, count):
        if abs(sums[run]) > abs(sums[top]):
            top = run
    return top


def run_of(text: str, number: int) -> str:
    """The run of that number in the order of `buckets`, a line's end shown as such."""
    if number < LONGEST - 1:
        run = f"\n{text[0]}"[1 - number :]
    else:
        place, length = divmod(number - (LONGEST - 1), LONGEST)
        run = f"\n{text}"[place + 2 - length : place + 3]
    return run.replace("\n", "⏎")
