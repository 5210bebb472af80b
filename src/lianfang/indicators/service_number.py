"""Numbers of firms and public services: 400 and 800, 95xxx and 96xxx, 12xxx.

A short number is as often an amount or a count, so none stands before a unit or after a word
of money.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators.digits import only_digits, parted
from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = re.compile("[1489]")
_UNIT = r" ?(?:[元块万亿千百人次笔户个条年月日天号楼室群米克吨股份件台%]|[kw](?![a-z]))"
_BEFORE = r"(?<![\da-z])(?<!\d[.,:/-])(?<![额款费入共约息价¥￥$@#第])"
_SHORT = r"95\d{3}(?:\d{3})?|96\d{3,4}|12(?:3\d\d|11[079]|12[13])"
_PATTERN = re.compile(
    rf"{_BEFORE}(?:(?=[48]00){parted('[48]', 9, 9)}|{_SHORT})(?![\da-z]|[.,:/-]\d|{_UNIT})",
    re.ASCII | re.IGNORECASE,
)


def find(text: str) -> Iterator[Found]:
    for match in matches(_FIRST, _PATTERN, text):
        yield Found(match.start(), match.end(), only_digits(match.group()))
