"""How a text is found by some of its characters: its pairs of them, as the scanner reads it."""

from __future__ import annotations

import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, TypedDict

from lianfang.text.stream import normalise, normalised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TOKEN = re.compile(r"⟦[a-z-]+:\d+⟧")
_APART = "\n"


class Searchable(TypedDict):
    """Fields of an item that searches read."""

    said: str
    bigrams: list[str]


def searchable(texts: Sequence[str], verdicts: Sequence[Mapping[str, Any]]) -> list[Searchable]:
    """What is kept of each text for searches: how it reads, and its disguised words undone.

    Args:
        texts: with tokens; what they stand for can't be searched.
        verdicts: of the texts, as they are kept.
    """
    became = [[hit["became"] for hit in said.get("rewritings", ())] for said in verdicts]
    words = [word for ones in became for word in ones]
    reads = iter(normalised([*map(without_tokens, texts), *words]))
    whole = list(islice(reads, len(texts)))
    said = [
        _APART.join(dict.fromkeys([one, *islice(reads, len(undone))]))
        for one, undone in zip(whole, became, strict=True)
    ]
    return [{"said": one, "bigrams": bigrams(one)} for one in said]


def read(text: str) -> str:
    """A text or a question in one spelling: width, case, traditional characters, decoration."""
    return normalise(without_tokens(text))


def without_tokens(text: str) -> str:
    """A text with as many line breaks as its tokens are long, so that places stay."""
    return TOKEN.sub(lambda found: _APART * len(found[0]), text)


def bigrams(said: str) -> list[str]:
    """Each pair of letters, digits or Han characters that stand side by side, once, sorted."""
    return sorted({a + b for a, b in pairwise(said) if a.isalnum() and b.isalnum()})
