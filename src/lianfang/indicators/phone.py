"""Mainland mobile numbers, with or without +86; canonical: the eleven digits.

The shape is that of the numbering plan: eleven digits that begin with 13 to 19. A number of
which digits are left out ("138****0000") is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators.digits import only_digits, parted
from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST = re.compile("[+018]")
_NETWORK_ADDRESS = r"\d{1,3}(?:\.\d{1,3}){3}(?![.\d])"
_PATTERN = re.compile(
    r"(?<![\da-z])(?<!\d\.)(?:(?:\+|00)?86[ -]{0,2})?"
    rf"(?!{_NETWORK_ADDRESS})(?=1\D{{0,2}}[3-9])(?P<number>{parted('1', 10, 10)})(?!\d|\.\d|元)",
    re.ASCII | re.IGNORECASE,
)


def find(text: str) -> Iterator[Found]:
    for match in matches(_FIRST, _PATTERN, text):
        yield Found(match.start(), match.end(), only_digits(match["number"]))
