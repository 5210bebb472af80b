"""Personal values of a text, and the text with a token in the place of each.

A token names the kind and the number of a value: `⟦phone:7⟧`. The same value always has the
same number where it is kept, so that texts can be searched, compared and shown without it.
Brackets of a token that stand in the text itself become others, so that nobody can write one.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from lianfang.indicators import find_indicators
from lianfang.indicators.mask import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lianfang.model import Indicator

OPEN, CLOSE = "⟦", "⟧"
_FOREIGN = str.maketrans(OPEN + CLOSE, "〚〛")
NUMBER = "number"
"""Kind of what is long enough for somebody's number and has no right check digit."""

SHORTEST = 2
"""Characters of a value told beside the text that is looked for in it."""


class Personal(NamedTuple):
    """A personal value at `[start, end)` of a text: its kind, its one spelling, as written."""

    start: int
    end: int
    kind: str
    canonical: str
    written: str


class Tokenised(NamedTuple):
    """A text with tokens, and how places of the original are found in it.

    Attributes:
        text: with tokens.
        starts, ends: of each value in the original.
        new_starts, new_ends: of its token in the text.
    """

    text: str
    starts: list[int]
    ends: list[int]
    new_starts: list[int]
    new_ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the original is; an end within a value takes in the whole token."""
        return self._place(start, self.new_starts), self._place(end, self.new_ends)

    def _place(self, place: int, within: list[int]) -> int:
        number = bisect_right(self.starts, place) - 1
        if number < 0:
            return place
        if place == self.starts[number]:
            return self.new_starts[number]
        if place < self.ends[number]:
            return within[number]
        return self.new_ends[number] + place - self.ends[number]


def personal(text: str, told: Iterable[tuple[str, str]] = ()) -> list[Personal]:
    """Every personal value of a text, in order; none overlaps another.

    Args:
        text: the original.
        told: kinds and values that the row tells beside the text, such as the writer's name;
            looked for as they are written there.
    """
    return settled(text, find_indicators(text), told, numbers(text))


def settled(
    text: str,
    indicators: Iterable[Indicator],
    told: Iterable[tuple[str, str]],
    others: Iterable[tuple[int, int]],
) -> list[Personal]:
    """Of all that was found in a text what stands; the surest first takes its place.

    Args:
        text: the original.
        indicators: what `find_indicators` found in it.
        told: as for `personal`.
        others: spans of what else may be somebody's number.
    """
    taken = bytearray(len(text))
    found = [one for one in _all(text, indicators, told, others) if _free(one, taken)]
    return sorted(found)


def tokenise(text: str, values: Sequence[Personal], number: Callable[[Personal], int]) -> Tokenised:
    """Put a token in the place of each value.

    Args:
        text: the original.
        values: what `personal` found in it.
        number: of a value, where it is kept.
    """
    clean, done, length = without_brackets(text), 0, 0
    if not values:
        return Tokenised(clean, [], [], [], [])
    pieces: list[str] = []
    made = Tokenised(clean, [], [], [], [])
    for value in values:
        token = f"{OPEN}{value.kind}:{number(value)}{CLOSE}"
        before = clean[done : value.start]
        pieces += [before, token]
        made.starts.append(value.start)
        made.ends.append(value.end)
        made.new_starts.append(length + len(before))
        length += len(before) + len(token)
        made.new_ends.append(length)
        done = value.end
    return made._replace(text="".join([*pieces, clean[done:]]))


def without_brackets(text: str) -> str:
    """A text in which nothing looks like a token."""
    # Few have any, and to look takes a tenth of the time.
    return text.translate(_FOREIGN) if OPEN in text or CLOSE in text else text


def _all(
    text: str,
    indicators: Iterable[Indicator],
    told: Iterable[tuple[str, str]],
    others: Iterable[tuple[int, int]],
) -> Iterator[Personal]:
    """The surest first."""
    for one in indicators:
        if one.personal:
            yield Personal(one.start, one.end, one.kind, one.canonical, one.value)
    for kind, value in told:
        if len(value) >= SHORTEST:
            yield from _occurrences(text, kind, value)
    for start, end in others:
        written = text[start:end]
        yield Personal(start, end, NUMBER, "".join(filter(str.isalnum, written)), written)


def _occurrences(text: str, kind: str, value: str) -> Iterator[Personal]:
    start = text.find(value)
    while start >= 0:
        yield Personal(start, start + len(value), kind, value, value)
        start = text.find(value, start + len(value))


def _free(one: Personal, taken: bytearray) -> bool:
    if any(taken[one.start : one.end]):
        return False
    taken[one.start : one.end] = b"\1" * (one.end - one.start)
    return True
