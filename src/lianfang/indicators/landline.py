"""Landline numbers with their area code; canonical: digits, from the area code's 0 on.

Area codes are 010, 02x (eight digits follow) and 03xx to 09xx (seven or eight).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators.digits import only_digits
from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_AREA = r"(?:10|2\d|[3-9]\d{2})"
_FIRST = re.compile("[+0(]")
_PATTERN = re.compile(
    rf"(?<![\da-z])(?<!\d[.-])(?:\(0{_AREA}\)|0{_AREA}|(?:\+|00)86[ -]?\(?0?{_AREA}\)?)"
    r"[ -]{0,2}[2-9]\d{2,3}[ -]?\d{4}(?!\d|\.\d|元)",
    re.ASCII | re.IGNORECASE,
)
_COUNTRY = re.compile(r"(?:00)?860?")
_NUMBER = re.compile(r"0(?:(?:10|2\d)\d{8}|[3-9]\d{9,10})")


def find(text: str) -> Iterator[Found]:
    for match in matches(_FIRST, _PATTERN, text):
        number = _COUNTRY.sub("0", only_digits(match.group()), count=1)
        number = number if _abroad(match.group()) else only_digits(match.group())
        if _NUMBER.fullmatch(number):
            yield Found(match.start(), match.end(), number)


def _abroad(piece: str) -> bool:
    return piece.startswith(("+", "0086"))
