"""E-mail addresses, also with "[at]" and "[.]"; canonical: small letters, signs restored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.indicators.reading import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT = r"(?:@|[\[({<](?:at|@)[\])}>]|艾特)"
_DOT = r"(?:\.|[\[({<](?:\.|dot|点)[\])}>])"
_PATTERN = re.compile(
    r"(?<![a-z0-9._%+-])(?P<local>[a-z0-9][a-z0-9._%+-]{0,63})"
    rf" ?{_AT} ?(?P<host>(?:[a-z0-9-]{{1,63}}{_DOT}){{1,4}}[a-z]{{2,24}})(?![a-z0-9@-])"
)
_DOTS = re.compile(_DOT)


def find(text: str) -> Iterator[Found]:
    for match in _PATTERN.finditer(text.lower()):
        yield Found(match.start(), match.end(), f"{match['local']}@{_DOTS.sub('.', match['host'])}")
