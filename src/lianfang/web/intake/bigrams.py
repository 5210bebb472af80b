"""How a text is found by some of its characters: its pairs of them, as the scanner reads it."""

from __future__ import annotations

import re
import sys
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from lianfang.text.stream import normalise, normalised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

TOKEN = re.compile(r"⟦[a-z-]+:\d+⟧")
_APART = "\n"
_LEAST, _BITS = 1 << 31, (1 << 32) - 1


class Searchable(NamedTuple):
    """Fields of items that searches read."""

    said: list[str]
    bigrams: list[NDArray[np.int32]]


def searchable(texts: Sequence[str], verdicts: Sequence[Mapping[str, Any]]) -> Searchable:
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
    return Searchable(said, bigrams_of(said))


def read(text: str) -> str:
    """A text or a question in one spelling: width, case, traditional characters, decoration."""
    return normalise(without_tokens(text))


def without_tokens(text: str) -> str:
    """A text with as many line breaks as its tokens are long, so that places stay."""
    return TOKEN.sub(lambda found: _APART * len(found[0]), text)


def bigrams(said: str) -> NDArray[np.int32]:
    """As `bigrams_of`, of one text."""
    return bigrams_of([said])[0]


def bigrams_of(said: Sequence[str]) -> list[NDArray[np.int32]]:
    """Each pair of letters, digits or Han characters that stand side by side, once.

    A pair is the code of its first character, 16 bits up, and of its second in one another's
    exclusive or: two pairs of characters in use have two numbers, others may share one.

    Returns:
        Numbers in order, for each text.
    """
    if not said:
        return []
    sizes = np.fromiter(map(len, said), np.int64, len(said)) + 1
    codes = np.frombuffer("".join([one + _APART for one in said]).encode("utf-32-le"), np.uint32)
    spoken = _spoken()[codes]
    first = np.flatnonzero(spoken[:-1] & spoken[1:])
    pairs = ((codes[first] << 16) ^ codes[first + 1]).astype(np.uint32).view(np.int32)
    of_text = np.repeat(np.arange(len(said)), sizes)[first]
    # One sort for all: what text a pair is of stands above it.
    both = np.unique((of_text << 32) + (pairs.astype(np.int64) + _LEAST))
    ends = np.searchsorted(both, np.arange(1, len(said)) << 32)
    return np.split(((both & _BITS) - _LEAST).astype(np.int32), ends)


@cache
def _spoken() -> NDArray[np.bool_]:
    """Of each code whether it's a letter's or digit's."""
    return np.array([chr(code).isalnum() for code in range(sys.maxunicode + 1)])
