"""How a text is found by some of its characters: its pairs of them, as the scanner reads it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, TypedDict

from lianfang.text.stream import normalise, normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKEN = re.compile(r"⟦[a-z-]+:\d+⟧")
_APART = "\n"


class Searchable(TypedDict):
    """Fields of an item that searches read."""

    said: str
    bigrams: list[str]


def searchable(texts: Sequence[str]) -> list[Searchable]:
    """What is kept of each text for searches.

    Args:
        texts: with tokens; what they stand for can't be searched.
    """
    read = normalised([without_tokens(text) for text in texts])
    return [{"said": said, "bigrams": bigrams(said)} for said in read]


def read(text: str) -> str:
    """A text or a question in one spelling: width, case, traditional characters, decoration."""
    return normalise(without_tokens(text))


def without_tokens(text: str) -> str:
    """A text with as many line breaks as its tokens are long, so that places stay."""
    return TOKEN.sub(lambda found: _APART * len(found[0]), text)


def bigrams(said: str) -> list[str]:
    """Each pair of letters, digits or Han characters that stand side by side, once, sorted."""
    return sorted({a + b for a, b in pairwise(said) if a.isalnum() and b.isalnum()})
