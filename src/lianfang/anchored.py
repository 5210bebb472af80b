"""Search with a pattern only where a character stands that it can begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


def matches(first: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer(text)` yields, several times as fast where beginnings are rare.

    Args:
        first: matches each character that a match of `pattern` can begin with, and only one.
        pattern: never matches nothing.
        text: what is searched.
    """
    end = 0
    for begin in first.finditer(text):
        at = begin.start()
        if at >= end:
            match = pattern.match(text, at)
            if match:
                end = match.end()
                yield match
