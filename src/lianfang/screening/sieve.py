"""Which rules could fire in which texts? A cheap test that lets too many through, never too few.

Each rule is looked at only in texts that touch its rarest need (`Needs.watched`); there all of
its needs are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.guides.language import CONTACT_KINDS
from lianfang.guides.program import DISGUISED
from lianfang.guides.program import MARKS as MARK_SETS
from lianfang.screening.finds import DISGUISED as IS_DISGUISED
from lianfang.screening.finds import SET, TERM
from lianfang.screening.masks import has, meets
from lianfang.text.compiled import compiled, inlined
from lianfang.text.tables import Class

if TYPE_CHECKING:
    from lianfang.screening.finds import Places
    from lianfang.screening.layout import Needs
    from lianfang.screening.masks import Masks
    from lianfang.text.stream import Bools, Bytes, Codes, Ints

DIGIT_0, DIGIT_9, LETTER_A, LETTER_Z, X = map(ord, "09azx")
POINT, COLON, SLASH, DASH, LINE, STAR = map(ord, ".:/-_*")
ALNUM = int(Class.ALNUM)
MARKS, DISGUISED_MARK = len(MARK_SETS), MARK_SETS[DISGUISED]
FIRST_KIND = DISGUISED_MARK + 1
PHONE, WECHAT, QQ, HANDLE, LINK, PAYEE = range(len(CONTACT_KINDS))
MOST = 50
"""The most that a condition may count."""
SHORTEST_NAME, PHONE_DIGITS, CARD_DIGITS = 5, 11, 16


class Pairs(NamedTuple):
    """Pairs of a text and a rule, by text; for each text the bits of its marks."""

    text: Ints
    rule: Ints
    marks: Bytes

    def keep(self, mask: Bools) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.text[mask], self.rule[mask], self.marks)


class Scratch(NamedTuple):
    """What is known of the text that is being looked at; used again for the next.

    Attributes:
        present: bits of its sets.
        seen: for each rule the text that it was looked at in last.
        counted: for each row of `Needs.counted` the text that was counted last, and the count.
        terms: room for as many terms as are counted.
    """

    present: Masks
    seen: Ints
    counted: Ints
    terms: Ints


@compiled
def sieve(
    places: Places, first_row: Ints, starts: Ints, codes: Codes, classes: Bytes, needs: Needs
) -> Pairs:
    """Every pair that has all that it needs."""
    rules = needs.first.size - 1
    found = np.empty((2, 4 * starts.size + rules), np.int64)
    scratch = Scratch(
        np.zeros((1, needs.masks.shape[1]), np.uint64),
        np.full(rules, -1, np.int64),
        np.full((2, needs.counted.shape[0]), -1, np.int64),
        np.empty(MOST, np.int64),
    )
    marks, count = np.zeros(starts.size, np.uint8), 0
    for text in range(starts.size - 1):
        if count + rules > found.shape[1]:
            wider = np.empty((2, 2 * found.shape[1]), np.int64)
            wider[:, :count] = found[:, :count]
            found = wider
        marks[text] = _read(
            scratch.present, places, first_row[text], first_row[text + 1], codes, classes,
            needs.triggers, starts[text], starts[text + 1],
        )  # fmt: skip
        count = _sift(
            scratch, places, first_row[text], first_row[text + 1], needs, text, found, count
        )
    return Pairs(found[0, :count], found[1, :count], marks)


@inlined
def _read(
    present: Masks,
    places: Places,
    low: int,
    high: int,
    codes: Codes,
    classes: Bytes,
    triggers: Bytes,
    start: int,
    end: int,
) -> int:
    """Note the sets of a text; the bits of its marks."""
    for word in range(present.shape[1]):
        present[0, word] = 0
    for row in range(low, high):
        _set(present, places[SET, row])
        if places[IS_DISGUISED, row]:
            _set(present, DISGUISED_MARK)
    _mark(present, codes, classes, triggers, start, end)
    return int(present[0, 0] & ((np.uint64(1) << np.uint64(MARKS)) - np.uint64(1)))


@inlined
def _sift(
    scratch: Scratch,
    places: Places,
    low: int,
    high: int,
    needs: Needs,
    text: int,
    found: Ints,
    count: int,
) -> int:
    """Write the pairs of a text behind those that were found; how many there are then."""
    present, seen = scratch.present, scratch.seen
    for row in range(low - MARKS, high):
        number = places[SET, row] if row >= low else low - row - 1
        if number < MARKS and not has(present, 0, number):
            continue
        for at in range(needs.watch_first[number], needs.watch_first[number + 1]):
            rule = needs.watchers[at]
            if seen[rule] != text:
                seen[rule] = text
                if _has_all(present, needs, rule) and _has_enough(
                    scratch, places, low, high, needs, rule, text
                ):
                    found[0, count], found[1, count] = text, rule
                    count += 1
    for rule in needs.always:
        found[0, count], found[1, count] = text, rule
        count += 1
    return count


@inlined
def _set(present: Masks, number: int) -> None:
    present[0, number >> 6] |= np.uint64(1) << np.uint64(number & 63)


@inlined
def _has_all(present: Masks, needs: Needs, rule: int) -> bool:
    for clause in range(needs.first[rule], needs.first[rule + 1]):
        if not meets(present, needs.clauses, clause):
            return False
    return True


@inlined
def _has_enough(
    scratch: Scratch, places: Places, low: int, high: int, needs: Needs, rule: int, text: int
) -> bool:
    """Whether the text has as many different terms as a rule counts."""
    known = scratch.counted
    for row in range(needs.first_count[rule], needs.first_count[rule + 1]):
        group = needs.counts[row, 0]
        if known[0, group] != text:
            known[0, group] = text
            known[1, group] = _different(places, low, high, needs.counted, group, scratch.terms)
        if known[1, group] < needs.counts[row, 1]:
            return False
    return True


@inlined
def _different(places: Places, low: int, high: int, counted: Masks, group: int, terms: Ints) -> int:
    """How many different terms of a group there are, up to `MOST`."""
    count = 0
    for place in range(low, high):
        if has(counted, group, places[SET, place]):
            term, new = places[TERM, place], True
            for other in range(count):
                new = new and terms[other] != term
            if new:
                terms[count] = term
                count += 1
                if count == MOST:
                    break
    return count


@inlined
def _mark(
    present: Masks, codes: Codes, classes: Bytes, triggers: Bytes, start: int, end: int
) -> None:
    """Mark the kinds of handle that a text may hold, by what each can't do without.

    A name is a run of letters, digits, `-` and `_`; a link has a point or colon in a word.
    """
    run, letter, names, lettered, digits, crossed = 0, False, False, False, 0, 0
    seen = np.uint8(0)
    for place in range(start, end):
        code = codes[place]
        seen |= triggers[code]
        digit, latin = DIGIT_0 <= code <= DIGIT_9, LETTER_A <= code <= LETTER_Z
        digits += digit
        crossed += digit or code == X or code == STAR
        if digit or latin or code == DASH or code == LINE:
            run, letter = run + 1, letter or latin
            names = names or run >= SHORTEST_NAME
            lettered = lettered or (letter and run >= SHORTEST_NAME)
            continue
        run, letter = 0, False
        if (
            (code == POINT or code == COLON)
            and start < place < end - 1
            and classes[place - 1] == ALNUM
            and (classes[place + 1] == ALNUM or codes[place + 1] == SLASH)
        ):
            _set(present, FIRST_KIND + LINK)
    if crossed >= PHONE_DIGITS:
        _set(present, FIRST_KIND + PHONE)
    if digits >= CARD_DIGITS:
        _set(present, FIRST_KIND + PAYEE)
    if names and seen & (1 << WECHAT):
        _set(present, FIRST_KIND + WECHAT)
    if names and seen & (1 << QQ):
        _set(present, FIRST_KIND + QQ)
    if lettered and seen & (1 << HANDLE):
        _set(present, FIRST_KIND + HANDLE)
