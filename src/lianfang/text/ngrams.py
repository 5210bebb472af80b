"""Runs of one to three characters of normalised text: which of them are known, and what they weigh.

Every digit is read as 0. A text begins and ends with a newline, so that a run may say that it
stands at either end. A run is hashed into a bucket; each bucket is owned by one run, known by its
mark, and all others that fall into it weigh nothing. Runs of one text share a length of 1: each
counts 1 / sqrt(their number), known or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import compiled, inlined, inner

if TYPE_CHECKING:
    from lianfang.text.stream import Codes, Ints

BITS, MARK_BITS = 19, 16
BUCKETS = 1 << BITS
LONGEST = 3
ZERO, NINE, NEWLINE = ord("0"), ord("9"), ord("\n")

LANES, RAISED = 6, 128
"""Weights that stand in one number below the mark; each is raised, so that none is below 0."""
BYTE, MARK_AT = np.uint64(8), np.uint64(8 * LANES)
EVEN, SUM = np.uint64(0x000000FF00FF00FF), np.uint64(0xFFFF)
MOST_ADDED = 256
"""Raised weights that can be added up in sixteen bits."""

Table = NDArray[np.int8]
Packed = NDArray[np.uint64]
Floats = NDArray[np.float64]


class Known(NamedTuple):
    """The runs that are known, numbered by their buckets.

    Attributes:
        number: of the run that owns each bucket, -1 where none does.
        mark: by which that run is told from others of its bucket.
    """

    number: NDArray[np.int32]
    mark: NDArray[np.uint16]


@inner
def _mixed(one: int, two: int, three: int) -> np.uint64:
    """A run's hash; 0 stands for no character. Its first bits are the bucket, the next the mark."""
    mixed = np.uint64(one) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= np.uint64(two) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= np.uint64(three) * np.uint64(0x165667B19E3779F9)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return mixed ^ (mixed >> np.uint64(32))


@inner
def _bucket(mixed: np.uint64) -> np.uint64:
    return mixed >> np.uint64(64 - BITS)


@inner
def _mark(mixed: np.uint64) -> np.uint64:
    return (mixed >> np.uint64(64 - BITS - MARK_BITS)) & np.uint64((1 << MARK_BITS) - 1)


@inner
def _read(code: int) -> int:
    return ZERO if ZERO <= code <= NINE else code


@inner
def _fill(codes: Codes, begin: int, end: int, mixed: Packed, count: int) -> int:
    """Write the hashes of a text's runs behind those that were written; how many there are then."""
    before, last = 0, NEWLINE
    for place in range(begin, end):
        code = _read(codes[place])
        mixed[count], mixed[count + 1] = _mixed(code, 0, 0), _mixed(last, code, 0)
        count += 2
        if before:
            mixed[count] = _mixed(before, last, code)
            count += 1
        before, last = last, code
    return count


@inner
def _number(known: Known, mixed: np.uint64) -> int:
    """The number of a run, -1 of one that isn't known."""
    bucket = _bucket(mixed)
    return int(known.number[bucket]) if known.mark[bucket] == _mark(mixed) else -1


@compiled
def runs_in(codes: Codes, starts: Ints, known: Known) -> tuple[Ints, Ints, Ints]:
    """Numbers of the known runs, where those of each text begin, and how many runs each has."""
    numbers = np.empty(LONGEST * codes.size + 1, np.int64)
    mixed = np.empty(LONGEST * _longest(starts[:-1], starts[1:]), np.uint64)
    first, sizes = np.zeros(starts.size, np.int64), np.zeros(starts.size - 1, np.int64)
    count = 0
    for text in range(starts.size - 1):
        sizes[text] = _fill(codes, starts[text], starts[text + 1], mixed, 0)
        for run in range(sizes[text]):
            number = _number(known, mixed[run])
            if number >= 0:
                numbers[count] = number
                count += 1
        first[text + 1] = count
    return numbers[:count], first, sizes


@compiled
def distinct(codes: Codes, starts: Ints) -> tuple[Packed, Packed]:
    """The hashes of the runs of each text, each once a text, and the length of each run."""
    held = np.empty((2, LONGEST * codes.size + 1), np.uint64)
    mixed = np.empty(LONGEST * _longest(starts[:-1], starts[1:]), np.uint64)
    count = 0
    for text in range(starts.size - 1):
        size = _fill(codes, starts[text], starts[text + 1], mixed, 0)
        order = np.argsort(mixed[:size])
        for at in range(size):
            run = order[at]
            if at == 0 or mixed[run] != mixed[order[at - 1]]:
                held[0, count], held[1, count] = mixed[run], _length(run)
                count += 1
    return held[0, :count], held[1, :count]


@inner
def _length(run: int) -> int:
    """Of the run of that number in the order of `_fill`."""
    return 1 + (run if run < LONGEST - 1 else (run + 1) % LONGEST)


@inner
def _longest(first: Ints, last: Ints) -> int:
    longest = 1
    for text in range(first.size):
        longest = max(longest, last[text] - first[text])
    return longest


def owned(mixed: Packed) -> tuple[Ints, NDArray[np.uint16]]:
    """Buckets and marks of some hashes."""
    buckets = (mixed >> np.uint64(64 - BITS)).astype(np.int64)
    marks = (mixed >> np.uint64(64 - BITS - MARK_BITS)).astype(np.uint16)
    return buckets, marks


def packed(buckets: Ints, marks: NDArray[np.uint16], table: Table) -> Packed:
    """Weights as `weighed` reads them: those of six columns and the run's mark in one number.

    Args:
        buckets: that are owned.
        marks: of the runs that own them.
        table: a row of weights for each of them.

    Returns:
        A row for each bucket, an entry for each six columns.
    """
    columns = table.shape[1]
    words = -(-columns // LANES)
    raised = np.full((len(table), LANES * words), RAISED, dtype=np.uint8)
    raised[:, :columns] = table.astype(np.int16) + RAISED
    made = np.zeros((BUCKETS, words), dtype=np.uint64)
    for word in range(words):
        entry = marks.astype(np.uint64) << MARK_AT
        for lane in range(LANES):
            entry |= raised[:, LANES * word + lane].astype(np.uint64) << np.uint64(8 * lane)
        made[buckets, word] = entry
    return made


@compiled
def weighed(codes: Codes, first: Ints, last: Ints, table: Packed, scale: Floats) -> Floats:
    """For each text the weight of its runs in each column of a table.

    Six columns are added up at a time, three in each of two numbers.

    Args:
        codes: normalised code points of all texts.
        first: where each begins.
        last: where each ends.
        table: the `packed` weights, in steps of their column's scale.
        scale: the step of each column.
    """
    out = np.zeros((first.size, scale.size))
    sums = np.empty(LANES, np.int64)
    mixed = np.empty(LONGEST * _longest(first, last), np.uint64)
    rows = np.empty(mixed.size, np.int64)
    for text in range(first.size):
        size = _fill(codes, first[text], last[text], mixed, 0)
        count = _owners(table, mixed, size, rows)
        length = np.sqrt(max(size, 1))
        for word in range(table.shape[1]):
            column = LANES * word
            _sum(table, rows, count, word, sums)
            for lane in range(min(LANES, scale.size - column)):
                steps = sums[lane] - RAISED * count
                out[text, column + lane] = scale[column + lane] * steps / length
    return out


@inlined
def _owners(table: Packed, mixed: Packed, size: int, rows: Ints) -> int:
    """Write the buckets of those runs that own them; how many they are."""
    count = 0
    for run in range(size):
        bucket = np.int64(_bucket(mixed[run]))
        rows[count] = bucket
        entry = table[bucket, 0]
        count += entry != 0 and entry >> MARK_AT == _mark(mixed[run])
    return count


@inlined
def _sum(table: Packed, rows: Ints, count: int, word: int, sums: Ints) -> None:
    """Add up the raised weights of some rows.

    One loop that empties its numbers when they are full: two loops would be compiled to gathering
    instructions, which some processors have made slow.
    """
    for lane in range(LANES):
        sums[lane] = 0
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


class Strongest(NamedTuple):
    """The runs that weigh most of each text, a row a text, strongest first.

    Attributes:
        begin: where each begins in the stream, -1 where there are no more. A run that takes in the
            newline before its text begins one before it.
        end: where it ends.
        weight: of all places where the run stands.
    """

    begin: Ints
    end: Ints
    weight: Floats


class Sides(NamedTuple):
    """What a run speaks for: for each text one column, against another; and one always."""

    best: Ints
    other: Ints
    always: int


@compiled
def strongest(
    codes: Codes,
    first: Ints,
    last: Ints,
    known: Known,
    table: Table,
    scale: Floats,
    sides: Sides,
    most: int,
) -> Strongest:
    """For each text the known runs that weigh most for one side.

    A run that occurs several times is told once, with the sum.

    Args:
        codes: as in `weighed`.
        first: too.
        last: too.
        known: the runs.
        table: the weights of each, in steps of their column's scale.
        scale: the step of each column.
        sides: what they weigh for.
        most: runs that are told of a text.
    """
    longest = LONGEST * _longest(first, last)
    room = 2
    while room < 2 * longest:
        room *= 2
    most = min(most, longest)
    out = Strongest(
        np.full((first.size, most), -1),
        np.full((first.size, most), -1),
        np.zeros((first.size, most)),
    )
    mixed, found = np.empty(longest, np.uint64), np.empty(longest, np.int64)
    held, places, sums = np.full(room, -1), np.empty((2, longest), np.int64), np.empty(longest)
    for text in range(first.size):
        size = _fill(codes, first[text], last[text], mixed, 0)
        one, two, three = sides.best[text], sides.other[text], sides.always
        for run in range(size):
            found[run] = _number(known, mixed[run])
        count = _distinct(found, size, held, places)
        for run in range(count):
            sums[run] = 0.0
        for run in range(size):
            number = found[run]
            if number >= 0:
                lead = scale[one] * table[number, one] - scale[two] * table[number, two]
                lead += scale[three] * table[number, three]
                sums[held[_place(found, held, places, number)]] += lead
        for slot in range(min(most, count)):
            top = _heaviest(sums, count)
            run = places[RUN, top]
            stop = first[text] + 1 + (0 if run < LONGEST - 1 else (run + 1) // LONGEST)
            out.begin[text, slot], out.end[text, slot] = stop - _length(run), stop
            out.weight[text, slot] = sums[top] / np.sqrt(size)
            sums[top] = 0.0
        for run in range(count):
            held[places[PLACE, run]] = -1
    return out


RUN, PLACE = range(2)
"""Of a run that differs from those before it in its text: where it stands, and its place in the
hash table."""


@inner
def _place(found: Ints, held: Ints, places: Ints, number: int) -> int:
    """Where in the hash table a run stands, or the empty place where it would."""
    place = number & (held.size - 1)
    while held[place] >= 0 and found[places[RUN, held[place]]] != number:
        place = (place + 1) & (held.size - 1)
    return place


@inner
def _distinct(found: Ints, size: int, held: Ints, places: Ints) -> int:
    """Put known ones of the first `size` runs, each once, into the empty table; how many."""
    count = 0
    for run in range(size):
        if found[run] < 0:
            continue
        place = _place(found, held, places, found[run])
        if held[place] < 0:
            held[place] = count
            places[RUN, count], places[PLACE, count] = run, place
            count += 1
    return count


@inner
def _heaviest(sums: Floats, count: int) -> int:
    top = 0
    for run in range(1, count):
        if abs(sums[run]) > abs(sums[top]):
            top = run
    return top


def run_of(text: str, first: int, begin: int, end: int) -> str:
    """The run `[begin, end)` of the text that begins at `first`, a line's end shown as such."""
    run = text[begin:end] if begin >= first else f"\n{text[first:end]}"
    return run.replace("\n", "⏎")
