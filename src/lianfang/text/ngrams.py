"""Runs of one to three characters of normalised text: which of them are known, and what they weigh.

Every digit is read as 0. A text begins and ends with a newline, so that a run may say that it
stands at either end. A run is hashed into a bucket; each bucket is owned by one run, known by its
mark, and all others that fall into it weigh nothing. Runs of one text share a length of 1: each
counts 1 / sqrt(their number), known or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lianfang.text.compiled import compiled, inlined, inner

if TYPE_CHECKING:
    from lianfang.text.stream import Codes, Ints

BITS, MARK_BITS = 19, 12
BUCKETS = 1 << BITS
LONGEST = 3
ZERO, NINE, NEWLINE = ord("0"), ord("9"), ord("\n")
NUMBER_BITS = 20

Table = NDArray[np.int8]
Hashes = NDArray[np.uint64]
Buckets = NDArray[np.uint32]
Marks = NDArray[np.uint16]
Owners = NDArray[np.uint32]
"""For each bucket the run that owns it: its number and one more in the low bits, its mark in the
high ones; 0 where there is none."""

Floats = NDArray[np.float64]


@inlined
def first_of(code: int) -> np.uint64:
    """What a character gives to the hash of a run that it is the first of."""
    return np.uint64(code) * np.uint64(0x9E3779B97F4A7C15)


@inlined
def second_of(code: int) -> np.uint64:
    """The same of the second."""
    return np.uint64(code) * np.uint64(0xC2B2AE3D27D4EB4F)


@inlined
def third_of(code: int) -> np.uint64:
    """The same of the third."""
    return np.uint64(code) * np.uint64(0x165667B19E3779F9)


@inlined
def mixed_up(given: np.uint64) -> np.uint64:
    """A run's hash, of what its characters give. Its first bits are the bucket, the next the
    mark.
    """
    mixed = given ^ (given >> np.uint64(29))
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return mixed ^ (mixed >> np.uint64(32))


@inlined
def bucket_of(mixed: np.uint64) -> np.uint64:
    return mixed >> np.uint64(64 - BITS)


@inlined
def mark_of(mixed: np.uint64) -> np.uint64:
    return (mixed >> np.uint64(64 - BITS - MARK_BITS)) & np.uint64((1 << MARK_BITS) - 1)


@inlined
def as_read(code: int) -> int:
    """A character as runs have it."""
    return ZERO if ZERO <= code <= NINE else code


@inner
def fill(codes: Codes, begin: int, end: int, mixed: Hashes, count: int) -> int:
    """Write the hashes of a text's runs behind those that were written; how many there are then."""
    before, last = np.uint64(0), first_of(NEWLINE)
    beside = second_of(NEWLINE)
    for place in range(begin, end):
        code = as_read(codes[place])
        first, second = first_of(code), second_of(code)
        mixed[count], mixed[count + 1] = mixed_up(first), mixed_up(last ^ second)
        count += 2
        if place > begin:
            mixed[count] = mixed_up(before ^ beside ^ third_of(code))
            count += 1
        before, last, beside = last, first, second
    return count


@inner
def number_of(owners: Owners, mixed: np.uint64) -> int:
    """The number of a run and one more, 0 of one that isn't known."""
    owner = owners[np.int64(bucket_of(mixed))]
    same = np.uint64(owner >> np.uint32(NUMBER_BITS)) == mark_of(mixed)
    return int(owner & np.uint32((1 << NUMBER_BITS) - 1)) * int(same)


@compiled
def runs_in(codes: Codes, starts: Ints, owners: Owners) -> tuple[Ints, Ints, Ints]:
    """Numbers of the known runs, where those of each text begin, and how many runs each has."""
    numbers = np.empty(LONGEST * codes.size + 1, np.int64)
    mixed = np.empty(LONGEST * longest_of(starts[:-1], starts[1:]), np.uint64)
    first, sizes = np.zeros(starts.size, np.int64), np.zeros(starts.size - 1, np.int64)
    count = 0
    for text in range(starts.size - 1):
        sizes[text] = fill(codes, starts[text], starts[text + 1], mixed, 0)
        for run in range(sizes[text]):
            number = number_of(owners, mixed[run])
            numbers[count] = number - 1
            count += number > 0
        first[text + 1] = count
    return numbers[:count], first, sizes


@compiled
def distinct(codes: Codes, starts: Ints) -> tuple[Hashes, Hashes]:
    """The hashes of the runs of each text, each once a text, and the length of each run."""
    held = np.empty((2, LONGEST * codes.size + 1), np.uint64)
    mixed = np.empty(LONGEST * longest_of(starts[:-1], starts[1:]), np.uint64)
    count = 0
    for text in range(starts.size - 1):
        size = fill(codes, starts[text], starts[text + 1], mixed, 0)
        order = np.argsort(mixed[:size])
        for at in range(size):
            run = order[at]
            if at == 0 or mixed[run] != mixed[order[at - 1]]:
                held[0, count], held[1, count] = mixed[run], length_of(run)
                count += 1
    return held[0, :count], held[1, :count]


@inner
def length_of(run: int) -> int:
    """Of the run of that number in the order of `fill`."""
    return 1 + (run if run < LONGEST - 1 else (run + 1) % LONGEST)


@inner
def longest_of(first: Ints, last: Ints) -> int:
    longest = 1
    for text in range(first.size):
        longest = max(longest, last[text] - first[text])
    return longest


def owned(mixed: Hashes) -> tuple[Buckets, Marks]:
    """Buckets and marks of some hashes."""
    buckets = (mixed >> np.uint64(64 - BITS)).astype(np.uint32)
    marks = (mixed >> np.uint64(64 - BITS - MARK_BITS)) & np.uint64((1 << MARK_BITS) - 1)
    return buckets, marks.astype(np.uint16)


def owners_of(buckets: Buckets, marks: Marks) -> Owners:
    """The owners of some buckets, numbered in this order, with their marks."""
    owners = np.zeros(BUCKETS, dtype=np.uint32)
    numbers = np.arange(1, buckets.size + 1, dtype=np.uint32)
    owners[buckets] = marks.astype(np.uint32) << np.uint32(NUMBER_BITS) | numbers
    return owners
