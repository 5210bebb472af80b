"""Identity numbers of citizens (GB 11643-1999): eighteen characters with a check character.

Found only with a province's code (GB/T 2260), a date that exists and the right check character
(ISO 7064, MOD 11-2). The old numbers of fifteen digits have no check character: they are left.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators.digits import SEPARATOR
from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = re.compile("[1-9]")
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_PATTERN = re.compile(
    rf"(?<![\da-z])(?:(?=\d{{1,17}}(?P<gap>{SEPARATOR})[\dx])|)"
    r"\d(?:(?P=gap)?\d){16}(?P=gap)?[\dx](?![\da-z])",
    re.ASCII | re.IGNORECASE,
)
_OTHER = re.compile("[^0-9X]")
_WEIGHTS = [2**place % 11 for place in range(17, 0, -1)]
_CHECKS = "10X98765432"


def find(text: str) -> Iterator[Found]:
    for match in matches(_FIRST, _PATTERN, text):
        number = _OTHER.sub("", match.group().upper())
        if is_valid(number):
            yield Found(match.start(), match.end(), number)


def is_valid(number: str) -> bool:
    """Whether province, date and check character are right; eighteen characters."""
    if not _PROVINCE.match(number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(w * int(digit) for w, digit in zip(_WEIGHTS, number[:17], strict=True))
    return number[6:8] in {"18", "19", "20"} and number[17] == _CHECKS[total % 11]
