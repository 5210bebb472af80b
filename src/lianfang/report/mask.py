"""Mobile, card and identity numbers hidden in what is shown, one bullet for each digit.

Lengths never change, so that spans stay right. A number is found as the screener reads it:
wide, circled or Chinese digits, and digits with a sign between them, are digits. Handles
(WeChat, QQ, links) stay: they are what an analyst follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.text.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

BULLET = "•"
SHORTEST = 11

_SEPARATOR = r"[ _.*·/|~—:-]{0,2}"
_PHONE = re.compile(rf"(?<!\d)1{_SEPARATOR}[3-9](?:{_SEPARATOR}\d){{9}}(?!\d)")
_LONG = re.compile(rf"(?<!\d)\d(?:{_SEPARATOR}\d){{14,}}x?(?!\d)")
_IDENTITY = re.compile(r"\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx]")
_HAN_DIGITS = str.maketrans("〇零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖", "001123456789123456789")

PHONE_KEEPS = (3, 4)
CARD_KEEPS = (4, 4)
IDENTITY_KEEPS = (3, 2)
"""Digits that stay at the beginning and at the end. An identity number shows no birthday."""


def mask(text: str) -> str:
    """The text with its personal numbers hidden; as long as before."""
    if sum(map(str.isnumeric, text)) < SHORTEST:
        return text
    stream = Stream.of([text])
    read = stream.text[:-1].translate(_HAN_DIGITS)
    shown = list(text)
    for position in _hidden(read):
        shown[int(stream.origin[position])] = BULLET
    return "".join(shown)


def _hidden(read: str) -> Iterator[int]:
    for pattern in (_PHONE, _LONG):
        for match in pattern.finditer(read):
            places = [i for i in range(*match.span()) if read[i].isalnum()]
            if _one_number(match.group()):
                first, last = _keeps(pattern, "".join(read[i] for i in places))
                yield from places[first : len(places) - last]


def _one_number(found: str) -> bool:
    """Times and dates mix their separators ("13:00-17:30"); one number doesn't."""
    return len({gap for gap in re.split(r"[\dx]+", found) if gap}) < 2  # noqa: PLR2004


def _keeps(pattern: re.Pattern[str], digits: str) -> tuple[int, int]:
    if pattern is _PHONE:
        return PHONE_KEEPS
    return IDENTITY_KEEPS if _IDENTITY.fullmatch(digits) else CARD_KEEPS
