"""Evaluate conditions in each unit of a text.

Truth has three values (Kleene): false, unknown (a number is named without its value), sure.
The places that make a condition true are gathered on the way; a part that turns out false
takes its own back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.screening.code import ALL, ANY, COUNT, FOUND, MILLION, NEAR, NOT, NUMBER, ORDER
from lianfang.screening.contexts import Page, new_page, stands_in, turn_page
from lianfang.screening.finds import DISGUISED, END, START, TERM, first_from
from lianfang.text.compiled import compiled, inlined
from lianfang.text.tables import Class

if TYPE_CHECKING:
    from lianfang.screening.code import Code
    from lianfang.screening.finds import BySet, Places
    from lianfang.text.stream import Bytes, Ints

FALSE, UNKNOWN, SURE = 0, 1, 2
HAN, ALNUM = int(Class.HAN), int(Class.ALNUM)
TRUTH, BEGIN = range(2)
NEXT, STOP = range(2)
USED, TURN, TEXT_FIRST, TEXT_LAST, LONGEST, PAGE_OF, LEFT, RIGHT, STAMP = range(9)


class Reader(NamedTuple):
    """What evaluating reads, and where it writes.

    Loops hand on numbers rather than parts of arrays: a part costs more than what is read of it.

    Attributes:
        places, sets, ops, operands, first_set, classes: of the batch and the program's code.
        cues: contexts.
        page: what is known of the text's contexts.
        stack: truth of each part so far, and where the places of each begin in `work`.
        heads: for each set of an operand the next of its places, and where they end.
        work: the places gathered; behind them, from `LEFT`, `RIGHT` and `STAMP` on, those of
            two operands, and the operation that gathered each place of the text last.
        now: how many places are `USED`; a `TURN` for each operation; the text's places
            `[TEXT_FIRST, TEXT_LAST)`; the `LONGEST` pattern; the first place of the text that
            the page is of; where the parts of `work` begin.
    """

    places: Places
    sets: BySet
    ops: Ints
    operands: Ints
    first_set: Ints
    classes: Bytes
    cues: Ints
    page: Page
    stack: Ints
    heads: Ints
    work: Ints
    now: Ints


@compiled
def new_reader(
    places: Places, sets: BySet, code: Code, classes: Bytes, cues: Ints, most: int, longest: int
) -> Reader:
    """A reader for texts of at most so many places, and a longest pattern of that length."""
    gathered = most * (code.most + 1)
    work = np.empty(gathered + 3 * most, np.int64)  # most of it is never touched
    work[gathered + 2 * most :] = 0
    return Reader(
        places,
        sets,
        code.ops,
        code.operands,
        code.first_set,
        classes,
        cues,
        new_page(cues.shape[1], most),
        np.zeros((2, code.most + 1), np.int64),
        np.zeros((2, code.operands.size + 1), np.int64),
        work,
        np.array(
            [0, 0, 0, 0, longest, -1, gathered, gathered + most, gathered + 2 * most], np.int64
        ),
    )


@inlined
def truth_in(
    reader: Reader,
    first: int,
    last: int,
    unless: np.uint64,
    low: int,
    high: int,
    start: int,
    end: int,
) -> int:
    """Truth of the operations `[first, last)` in the unit `[start, end)`, places `[low, high)`.

    The places that were used are left in `work`.
    """
    now, stack, ops = reader.now, reader.stack, reader.ops
    now[USED] = 0
    depth = 0
    for at in range(first, last):
        operation, a, b = ops[at, 0], ops[at, 1], ops[at, 2]
        begin = now[USED]
        if operation == ALL or operation == ANY:
            depth -= a
            truth = _joined(stack, depth, a, operation == ALL)
            begin = stack[BEGIN, depth]
        elif operation == NOT:
            depth -= 1
            begin = now[USED] = stack[BEGIN, depth]
            truth = SURE - stack[TRUTH, depth]
            if truth and not _readable(reader.classes, start, end):
                truth = FALSE
        elif operation == FOUND or operation == NUMBER:
            asked = unless if operation == FOUND else np.uint64(0)
            found = _gather(reader, a, asked, low, high, begin)
            now[USED] += found
            truth = SURE if found else FALSE
            if operation == NUMBER and not found:
                truth = UNKNOWN if _gather(reader, b, asked, low, high, begin) else FALSE
        elif operation == NEAR or operation == ORDER:
            truth = _near(reader, at, unless, low, high)
        elif operation == COUNT:
            truth = _count(reader, a, b, unless, low, high)
        else:
            truth = _hidden(reader, a, low, high, end - start - 1)
        if truth == FALSE:
            now[USED] = begin
        stack[TRUTH, depth], stack[BEGIN, depth] = truth, begin
        depth += 1
    return int(stack[TRUTH, 0])


@inlined
def _joined(stack: Ints, depth: int, parts: int, least: bool) -> int:
    truth = stack[TRUTH, depth]
    for part in range(depth + 1, depth + parts):
        other = stack[TRUTH, part]
        truth = min(truth, other) if least else max(truth, other)
    return int(truth)


@inlined
def _gather(reader: Reader, operand: int, unless: np.uint64, low: int, high: int, out: int) -> int:
    """Write the places of an operand that stand in none of the contexts; how many."""
    first, columns, heads, work = (
        reader.sets.first, reader.sets.columns, reader.heads, reader.work,
    )  # fmt: skip
    runs = 0
    for at in range(reader.first_set[operand], reader.first_set[operand + 1]):
        number = reader.operands[at]
        last = first[number + 1]
        head = first_from(columns, first[number], last, low)
        if head < last and columns[head] < high:
            heads[NEXT, runs], heads[STOP, runs] = head, last
            runs += 1
    count = 0
    while runs:
        best = 0
        for other in range(1, runs):
            if columns[heads[NEXT, other]] < columns[heads[NEXT, best]]:
                best = other
        head = heads[NEXT, best]
        work[out + count] = columns[head]
        count, head = count + 1, head + 1
        heads[NEXT, best] = head
        if head == heads[STOP, best] or columns[head] >= high:
            runs -= 1
            heads[NEXT, best], heads[STOP, best] = heads[NEXT, runs], heads[STOP, runs]
    return _outside(reader, unless, out, count) if unless and count else count


@inlined
def _outside(reader: Reader, unless: np.uint64, out: int, count: int) -> int:
    """Of places that were written keep those that stand in none of the contexts; how many."""
    now, work = reader.now, reader.work
    first = now[TEXT_FIRST]
    if now[PAGE_OF] != first:
        now[PAGE_OF] = first
        turn_page(reader.page, reader.sets, reader.cues, first, now[TEXT_LAST])
    kept = 0
    for at in range(out, out + count):
        if not stands_in(
            reader.page,
            reader.places,
            reader.sets.columns,
            reader.cues,
            now[LONGEST],
            work[at],
            first,
            unless,
        ):
            work[out + kept] = work[at]
            kept += 1
    return kept


@inlined
def _near(reader: Reader, at: int, unless: np.uint64, low: int, high: int) -> int:
    ops, now = reader.ops, reader.now
    first, then, within = now[LEFT], now[RIGHT], ops[at, 3]
    left = _gather(reader, ops[at, 1], unless, low, high, first)
    if not left:
        return FALSE
    right = _gather(reader, ops[at, 2], unless, low, high, then)
    if not right:
        return FALSE
    now[TURN] += 1
    found = _pairs(reader, first, left, then, right, within)
    if ops[at, 0] == NEAR:
        found |= _pairs(reader, then, right, first, left, within)
    return SURE if found else FALSE


@inlined
def _pairs(reader: Reader, first: int, firsts: int, then: int, thens: int, within: int) -> bool:
    """Each of some places with the next of others behind it, if that is near enough."""
    places, work = reader.places, reader.work
    found = False
    for at in range(first, first + firsts):
        place = work[at]
        begin, end = then, then + thens
        while begin < end:
            middle = (begin + end) // 2
            if places[START, work[middle]] < places[END, place]:
                begin = middle + 1
            else:
                end = middle
        if begin == then + thens:
            continue
        other = work[begin]
        if within < 0 or places[START, other] - places[END, place] <= within:
            found = True
            _use(reader, place)
            _use(reader, other)
    return found


@inlined
def _use(reader: Reader, place: int) -> None:
    """Gather a place, once an operation."""
    now, work = reader.now, reader.work
    stamp = now[STAMP] + place - now[TEXT_FIRST]
    if work[stamp] != now[TURN]:
        work[stamp] = now[TURN]
        work[now[USED]] = place
        now[USED] += 1


@inlined
def _count(reader: Reader, operand: int, least: int, unless: np.uint64, low: int, high: int) -> int:
    places, work, now = reader.places, reader.work, reader.now
    begin, known = now[USED], now[RIGHT]
    count = _gather(reader, operand, unless, low, high, begin)
    different = 0
    for at in range(begin, begin + count):
        term, new = places[TERM, work[at]], True
        for other in range(known, known + different):
            new = new and work[other] != term
        if new:
            work[known + different] = term
            different += 1
            if different == least:
                now[USED] += count
                return SURE
    return FALSE


@inlined
def _hidden(reader: Reader, level: int, low: int, high: int, length: int) -> int:
    """Whether listed terms that were hidden fill that share (in millionths) of the unit."""
    places, work, now = reader.places, reader.work, reader.now
    taken, reach = 0, -1
    for place in range(low, high):
        if places[DISGUISED, place]:
            taken += max(0, places[END, place] - max(places[START, place], reach))
            reach = max(reach, places[END, place])
            work[now[USED]] = place
            now[USED] += 1
    return SURE if taken and MILLION * taken >= level * max(length, 1) else FALSE


@inlined
def _readable(classes: Bytes, start: int, end: int) -> bool:
    """Whether there is anything to read."""
    for place in range(start, end):
        if classes[place] == HAN or classes[place] == ALNUM:
            return True
    return False
