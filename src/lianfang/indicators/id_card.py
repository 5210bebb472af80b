"""Identity numbers of citizens (GB 11643-1999): eighteen characters with a check character.

Found only with a province's code (GB/T 2260), a date that exists and the right check character
(ISO 7064, MOD 11-2). The old numbers of fifteen digits tell the year by two digits and have no
check character, so words just before must say what they are; canonical is the number of
eighteen that replaced them.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators.digits import SEPARATOR, only_digits, parted
from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = re.compile("[1-9]")
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_BEFORE, _AFTER = r"(?<![\da-z])", r"(?![\da-z])"
_PATTERN = re.compile(
    rf"{_BEFORE}(?:(?:(?=\d{{1,17}}(?P<part>{SEPARATOR})[\dx])|)"
    rf"\d(?:(?P=part)?\d){{16}}(?P=part)?[\dx]{_AFTER}|(?P<old>{parted('[1-9]', 14, 14)}){_AFTER})",
    re.ASCII | re.IGNORECASE,
)
_OTHER = re.compile("[^0-9X]")
_NAMED = re.compile(r"(?:身份证|身份号|证件号|公民身份)[^\d,，。;；!！?？\n]{0,8}$")
_LONGEST_NAME = 14
"""Characters before a number in which it may be called one."""

_CENTURY = "19"
"""Of the birthdays in the old numbers; the last were given in 1999."""

_WEIGHTS = [2**place % 11 for place in range(17, 0, -1)]
_CHECKS = "10X98765432"


def find(text: str) -> Iterator[Found]:
    for match in matches(_FIRST, _PATTERN, text):
        if match["old"] is None:
            number = _OTHER.sub("", match.group().upper())
        elif _NAMED.search(text, max(match.start() - _LONGEST_NAME, 0), match.start()):
            number = lengthened(only_digits(match["old"]))
        else:
            continue
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
    return number[6:8] in {"18", "19", "20"} and number[17] == _check(number[:17])


def lengthened(old: str) -> str:
    """The eighteen characters that replaced an old number of fifteen digits."""
    body = old[:6] + _CENTURY + old[6:]
    return body + _check(body)


def _check(body: str) -> str:
    total = sum(w * int(digit) for w, digit in zip(_WEIGHTS, body, strict=True))
    return _CHECKS[total % 11]
