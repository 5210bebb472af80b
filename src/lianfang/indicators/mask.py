"""Mobile, card and identity numbers hidden in what is shown, one bullet for each digit.

Lengths never change, so that spans stay right. A number is found as the screener reads it:
wide, circled or Chinese digits, and digits with a sign between them, are digits. Only shape
counts here, no check digit: a number mistyped is still somebody's. Handles (WeChat, QQ, links)
stay; `hidden` hides those too.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from lianfang.indicators.digits import HAN_DIGITS, SEPARATOR
from lianfang.text.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BULLET = "•"
MOBILE, LONG = 11, 15
"""Digits of a mobile number; from the second on, a card's or a person's number."""

COUNTRY = 2
"""Digits of a country's code that may stand before a mobile number."""

PHONE_KEEPS = (3, 4)
CARD_KEEPS = (4, 4)
IDENTITY_KEEPS = (3, 2)
"""Digits that stay at the beginning and at the end. An identity number shows no birthday."""

_GROUP = re.compile(r"\d+(?:x(?![a-z\d]))?")
_SEPARATOR = re.compile(SEPARATOR)
_PHONE = re.compile(r"(?:86)?(1[3-9]\d{9})")
_BYTE = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_NETWORK_ADDRESS = re.compile(rf"{_BYTE}(?:\.{_BYTE}){{3}}")
_IDENTITY = re.compile(r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]")

Group = re.Match[str]


class _Number(NamedTuple):
    """Where the digits of a number stand, and how many are shown at its two ends."""

    places: list[int]
    keeps: tuple[int, int]


def mask(text: str) -> str:
    """The text with its personal numbers hidden; as long as before."""
    shown = list(text)
    for number in _numbers(text):
        for place in _middle(number.places, number.keeps):
            shown[place] = BULLET
    return "".join(shown)


def numbers(text: str) -> list[tuple[int, int]]:
    """Spans of the numbers that `mask` hides in part, in order; two may overlap."""
    return sorted((min(one.places), max(one.places) + 1) for one in _numbers(text))


def _numbers(text: str) -> Iterator[_Number]:
    """What looks like a personal number; places count in the text itself."""
    if sum(map(str.isnumeric, text)) < MOBILE:
        return
    stream = Stream.of([text])
    for groups in _runs(stream.text[:-1].translate(HAN_DIGITS)):
        for number in _of_run(groups):
            yield _Number([int(stream.origin[place]) for place in number.places], number.keeps)


def _runs(read: str) -> Iterator[list[Group]]:
    """Groups of digits that one and the same separator joins: a number, or several.

    Times and dates mix their separators ("13:00-17:30"); a number doesn't.
    """
    groups = list(_GROUP.finditer(read))
    run, separator = groups[:1], ""
    for before, group in pairwise(groups):
        gap = read[before.end() : group.start()]
        if _SEPARATOR.fullmatch(gap) and separator in ("", gap):
            run.append(group)
            separator = gap
            continue
        yield run
        joined = bool(_SEPARATOR.fullmatch(gap))
        run, separator = ([before, group], gap) if joined else ([group], "")
    yield run


def _of_run(run: Sequence[Group]) -> list[_Number]:
    if not run or _NETWORK_ADDRESS.fullmatch(run[0].string, run[0].start(), run[-1].end()):
        return []
    alone = [number for group in run for number in _long([group])]
    return _phones(run) + alone or _long(run)


def _phones(run: Sequence[Group]) -> list[_Number]:
    """Each mobile number that begins and ends with a group."""
    digits, places = "".join(group.group() for group in run), _places(run)
    ends = list(accumulate(len(group.group()) for group in run))
    begins, ending = [0, *ends[:-1]], set(ends)
    found: list[_Number] = []
    for begin in begins:
        for end in (begin + MOBILE, begin + MOBILE + COUNTRY):
            phone = _PHONE.fullmatch(digits, begin, end) if end in ending else None
            if phone:
                found.append(_Number(places[phone.start(1) : end], PHONE_KEEPS))
                break
    return found


def _long(run: Sequence[Group]) -> list[_Number]:
    digits, places = "".join(group.group() for group in run), _places(run)
    if len(digits) < LONG:
        return []
    return [_Number(places, IDENTITY_KEEPS if _IDENTITY.fullmatch(digits) else CARD_KEEPS)]


def _places(run: Sequence[Group]) -> list[int]:
    return [place for group in run for place in range(*group.span())]


def _middle(places: list[int], keeps: tuple[int, int]) -> list[int]:
    return places[keeps[0] : len(places) - keeps[1]]
