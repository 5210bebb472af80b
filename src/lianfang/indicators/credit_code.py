"""Unified social credit codes of organisations (GB 32100-2015), with the right check character.

Eighteen characters: who registered it, what it is, six digits of a place, nine of the
organisation's own code, one that checks the rest modulo 31.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WORTH = {char: worth for worth, char in enumerate(_ALPHABET)}
_WEIGHTS = [3**place % 31 for place in range(17)]
_PATTERN = re.compile(
    rf"(?<![0-9A-Z])[1-9ANY][1-9A-Y][0-9]{{6}}[{_ALPHABET}]{{10}}(?![0-9A-Z])", re.ASCII
)


def find(text: str) -> Iterator[Found]:
    for match in _PATTERN.finditer(text.upper()):
        if is_valid(match.group()):
            yield Found(match.start(), match.end(), match.group())


def is_valid(code: str) -> bool:
    """Whether the check character is right; eighteen characters of the code's alphabet."""
    total: int = sum(w * _WORTH[char] for w, char in zip(_WEIGHTS, code[:17], strict=True))
    return _WORTH[code[17]] == -total % 31
