"""Texts as the trade disguises them: one to three words of each, spelled in another way.

What is drawn depends on the seed, the kind and the text alone, so neither on what ran before nor
on the order of the texts. A word that is hidden is hidden wherever it stands, always alike, as one
who fears a filter does. Links and numbers stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from bench.quality.kinds import KINDS, spellings

if TYPE_CHECKING:
    from collections.abc import Sequence

MIXED = "mixed"
"""One or two kinds in one text."""
HOW = (*KINDS, MIXED)
MOST = 3
"""Words of a text that are hidden, at most."""

_NUMERALS = "〇零一二三四五六七八九十百千万亿两幺"
_ENDS = "\u3000\uff0c\u3002\uff01\uff1f\uff1b\u3001\uff08\uff09《》【】“”"
"""Chinese marks and the wide space, which end a link."""
_KEPT = re.compile(
    rf"""
    [a-z][a-z0-9+.-]*://[^\s{_ENDS}]+                   # a link
    | [\w.+-]*[a-z0-9]\.[a-z]{{2,}}(?:[/:?\#][!-~]*)?   # a bare domain, an address
    | [一-鿿]+\.(?:com|cn|net|org|top|vip|xyz|cc|中国|公司|网络|网址)
    | [{_NUMERALS}]{{2,}}                               # a number in characters
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_FUSES = re.compile(rf"\d|[a-zA-Z{_NUMERALS}]")


@dataclass(frozen=True, slots=True)
class Change:
    """`spelling` was put for `word`, which stood from `start` to `end` of the plain text."""

    start: int
    end: int
    word: str
    spelling: str


@dataclass(frozen=True, slots=True)
class Disguised:
    """A text, and what was changed in it, from left to right; nothing where no word was found."""

    text: str
    changes: tuple[Change, ...] = ()


def disguise(text: str, how: str, seed: int = 0) -> Disguised:
    """Hide one to three of a text's words in the way `how`, one of `HOW`.

    Raises:
        KeyError: there is no such kind.
    """
    rng = Random(f"{seed} {how} {text}")
    kinds = _drawn(text, rng) if how == MIXED else (how,)
    places = _places(text, kinds)
    words = sorted({word.group() for word in places})
    hidden = {
        word: _spelled(word, kinds, rng)
        for word in rng.sample(words, min(len(words), rng.randint(1, MOST)))
    }
    changes = tuple(
        Change(*place.span(), place.group(), hidden[place.group()])
        for place in places
        if place.group() in hidden
    )
    return Disguised(_written(text, changes), changes)


def _drawn(text: str, rng: Random) -> tuple[str, ...]:
    able = [kind for kind in KINDS if _places(text, (kind,))]
    return tuple(sorted(rng.sample(able, min(len(able), rng.randint(1, 2)))))


def _spelled(word: str, kinds: Sequence[str], rng: Random) -> str:
    able = [spellings(kind)[word] for kind in kinds if word in spellings(kind)]
    return rng.choice(rng.choice(able))


def _places(text: str, kinds: tuple[str, ...]) -> list[re.Match[str]]:
    """Where words stand that one of the kinds can hide, outside of what is kept."""
    kept = [span.span() for span in _KEPT.finditer(text)]
    return [
        word
        for word in _pattern(kinds).finditer(text)
        if not any(start < word.end() and word.start() < end for start, end in kept)
    ]


@cache
def _pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """The longest word first; one in Latin letters is no part of a longer run of them."""
    words = sorted({word for kind in kinds for word in spellings(kind)}, key=lambda w: (-len(w), w))
    ways = (rf"(?<![a-zA-Z0-9]){w}(?![a-zA-Z])" if w.isascii() else w for w in words)
    return re.compile("|".join(ways) or r"(?!)")


def _written(text: str, changes: Sequence[Change]) -> str:
    made, end = "", 0
    for change in changes:
        made = _joined(_joined(made, text[end : change.start]), change.spelling)
        end = change.end
    return _joined(made, text[end:])


def _joined(left: str, right: str) -> str:
    """Side by side, with a space where a number or a handle would grow otherwise."""
    fuses = _FUSES.match(left[-1:]) and _FUSES.match(right[:1])
    return f"{left} {right}" if fuses else left + right
