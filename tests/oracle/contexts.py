"""Contexts: surroundings in which a single match doesn't count (negated, quoted, framed).

They act on matches, never on a text: an offer beside a negated or quoted one stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from lianfang.guides.language import Operand
    from lianfang.guides.model import Context
    from oracle.reading import Hit, Hits, Reading

    Test = Callable[["Reading", Context, Hit, Hits], bool]


START, END = 0, 1


def standing(reading: Reading, operand: Operand, unless: tuple[str, ...]) -> Hits:
    """Places of an operand that stand in none of the contexts, kept with the reading.

    Both are told by identity: a program holds equal ones once (`Program.one`), and their
    hashes would cost more than the places.
    """
    key = (id(operand), id(unless))
    found = reading.standing.get(key)
    if found is None:
        found = reading.hits(operand)
        for name in unless:
            if found:
                found = suppressed(reading, reading.program.contexts[name], found)
        reading.standing[key] = found
    return found


def suppressed(reading: Reading, context: Context, hits: Hits) -> Hits:
    """The matches that are left once those that stand in the context are taken away."""
    cues = reading.named(context.cue)
    if not cues:
        return hits
    if context.stands == "before":
        cues = sorted(cues, key=itemgetter(END))
    test = _TESTS[context.stands]
    return [hit for hit in hits if not test(reading, context, hit, cues)]


def _after_cue(reading: Reading, context: Context, hit: Hit, cues: Hits) -> bool:
    nearest = bisect_right(cues, hit[START], key=itemgetter(END)) - 1
    if nearest < 0:
        return False
    cue = cues[nearest]
    return _reaches(reading, context, cue[END], hit[START], cue[START])


def _before_cue(reading: Reading, context: Context, hit: Hit, cues: Hits) -> bool:
    nearest = bisect_left(cues, hit[END], key=itemgetter(START))
    if nearest == len(cues):
        return False
    cue = cues[nearest]
    return _reaches(reading, context, hit[END], cue[START], hit[START])


def _reaches(reading: Reading, context: Context, left: int, right: int, first: int) -> bool:
    """Whether a cue's reach spans from `left` to `right`, both in one scope."""
    if context.within is not None and right - left > context.within:
        return False
    if reading.unit(context.scope, first) != reading.unit(context.scope, right):
        return False
    if not context.until:
        return True
    stops = reading.named(context.until)
    stop = bisect_left(stops, left, key=itemgetter(START))
    return stop == len(stops) or stops[stop][START] >= right


def _quoted(reading: Reading, context: Context, hit: Hit, _cues: Hits) -> bool:
    if not reading.quoted(hit[START]):
        return False
    return reading.unit("sentence", hit[START]) in reading.hosts(context.cue)


def _beside(reading: Reading, context: Context, hit: Hit, _cues: Hits) -> bool:
    return reading.unit("sentence", hit[START]) in reading.sentences(context.cue)


_TESTS: dict[str, Test] = {
    "before": _after_cue,
    "after": _before_cue,
    "around": _quoted,
    "beside": _beside,
}
