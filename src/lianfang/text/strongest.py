"""The known runs of a text that weigh most for one side, so that a score can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.text.compiled import compiled, inlined, inner
from lianfang.text.ngrams import LONGEST, fill, length_of, longest_of, number_of
from lianfang.text.weighing import RAISED

if TYPE_CHECKING:
    from lianfang.text.ngrams import Floats, Owners
    from lianfang.text.stream import Bytes, Codes, Ints


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
    owners: Owners,
    raised: Bytes,
    scale: Floats,
    sides: Sides,
    most: int,
) -> Strongest:
    """For each text the known runs that weigh most for one side.

    A run that occurs several times is told once, with the sum.

    Args:
        codes: normalised code points of all texts.
        first: where each begins.
        last: where each ends.
        owners: the known runs.
        raised: the bytes of the `packed` weights: a row for no run, then one for each.
        scale: the step of each column.
        sides: what they weigh for.
        most: runs that are told of a text.
    """
    longest = LONGEST * longest_of(first, last)
    room = 2
    while room < 2 * longest:
        room *= 2
    most = min(most, longest)
    out = Strongest(
        np.full((first.size, most), -1),
        np.full((first.size, most), -1),
        np.zeros((first.size, most)),
    )
    mixed, rows = np.empty(longest, np.uint64), np.empty(longest, np.int64)
    held, places, sums = np.full(room, -1), np.empty((2, longest), np.int64), np.empty(longest)
    for text in range(first.size):
        size = fill(codes, first[text], last[text], mixed, 0)
        for run in range(size):
            rows[run] = number_of(owners, mixed[run])
        count = _distinct(rows, size, held, places)
        _add_up(rows, size, held, places, raised, scale, sides, text, sums, count)
        for slot in range(min(most, count)):
            top = _heaviest(sums, count)
            run = places[RUN, top]
            stop = first[text] + 1 + (0 if run < LONGEST - 1 else (run + 1) // LONGEST)
            out.begin[text, slot], out.end[text, slot] = stop - length_of(run), stop
            out.weight[text, slot] = sums[top] / np.sqrt(size)
            sums[top] = 0.0
        for run in range(count):
            held[places[PLACE, run]] = -1
    return out


RUN, PLACE = range(2)
"""Of a run that differs from those before it in its text: where it stands, and its place in the
hash table."""


@inner
def _place(rows: Ints, held: Ints, places: Ints, row: int) -> int:
    """Where in the hash table a run stands, or the empty place where it would."""
    place = row & (held.size - 1)
    while held[place] >= 0 and rows[places[RUN, held[place]]] != row:
        place = (place + 1) & (held.size - 1)
    return place


@inner
def _distinct(rows: Ints, size: int, held: Ints, places: Ints) -> int:
    """Put known ones of the first `size` runs, each once, into the empty table; how many."""
    count = 0
    for run in range(size):
        if not rows[run]:
            continue
        place = _place(rows, held, places, rows[run])
        if held[place] < 0:
            held[place] = count
            places[RUN, count], places[PLACE, count] = run, place
            count += 1
    return count


@inlined
def _add_up(
    rows: Ints,
    size: int,
    held: Ints,
    places: Ints,
    raised: Bytes,
    scale: Floats,
    sides: Sides,
    text: int,
    sums: Floats,
    count: int,
) -> None:
    """What each of the runs that differ weighs for one side of a text, wherever it stands."""
    one, two, three = sides.best[text], sides.other[text], sides.always
    sums[:count] = 0.0
    for run in range(size):
        row = rows[run]
        if row:
            lead = scale[one] * (raised[row, one] - RAISED)
            lead -= scale[two] * (raised[row, two] - RAISED)
            lead += scale[three] * (raised[row, three] - RAISED)
            sums[held[_place(rows, held, places, row)]] += lead


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
