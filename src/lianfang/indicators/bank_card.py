"""Numbers of bank cards: a known prefix, its length, and the check digit (ISO/IEC 7812, Luhn)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators.digits import only_digits, parted
from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = re.compile("[2-69]")
_PATTERN = re.compile(
    rf"(?<![\da-z])(?<!\d\.)(?:\d{{15,19}}|{parted('[2-69]', 14, 18)})(?![\da-z])",
    re.ASCII | re.IGNORECASE,
)
_KNOWN = re.compile(
    r"62\d{14,17}"  # UnionPay
    r"|9558\d{15}"  # the older debit cards of ICBC
    r"|4\d{15}|4\d{18}"  # Visa
    r"|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"  # Mastercard
    r"|35(?:2[89]|[3-8]\d)\d{12}"  # JCB
    r"|3[47]\d{13}"  # American Express
)
_GROUP = re.compile(r"\d+", re.ASCII)
_DOUBLED = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]


def find(text: str) -> Iterator[Found]:
    for match in matches(_FIRST, _PATTERN, text):
        piece = match.group()
        for end in _ends(piece):
            number = only_digits(piece[:end])
            if _KNOWN.fullmatch(number) and luhn(number):
                yield Found(match.start(), match.start() + end, number)
                break


def _ends(piece: str) -> list[int]:
    """Where a number may end: with the last group, or before (an expiry date follows)."""
    return [group.end() for group in _GROUP.finditer(piece)][::-1]


def luhn(number: str) -> bool:
    """Whether the last of some digits checks the others."""
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(_DOUBLED[digit] for digit in digits[1::2])) % 10 == 0
