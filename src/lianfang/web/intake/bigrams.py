"""How a text is found by some of its characters: its pairs of them, as the scanner reads it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypedDict

from lianfang.text.stream import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TOKEN = re.compile(r"⟦[a-z-]+:\d+⟧")
_APART = "\n"


class Searchable(TypedDict):
    """Fields of an item that searches read."""

    said: str
    bigrams: list[str]


def searchable(text: str, rewritings: Iterable[Mapping[str, Any]]) -> Searchable:
    """What is kept of a text for searches: how it reads, and its disguised words undone.

    Args:
        text: with tokens; what they stand for can't be searched.
        rewritings: of its verdict.
    """
    undone = dict.fromkeys(read(one["became"]) for one in rewritings)
    said = _APART.join([read(text), *undone])
    return {"said": said, "bigrams": bigrams(said)}


def read(text: str) -> str:
    """A text or a question in one spelling: width, case, traditional characters, decoration."""
    return normalise(without_tokens(text))


def without_tokens(text: str) -> str:
    """A text with as many line breaks as its tokens are long, so that places stay."""
    return TOKEN.sub(lambda found: _APART * len(found[0]), text)


def bigrams(said: str) -> list[str]:
    """Each pair of letters, digits or Han characters that stand side by side, once, sorted."""
    return sorted({a + b for a, b in pairwise(said) if a.isalnum() and b.isalnum()})
