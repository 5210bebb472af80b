"""Indicators on the page: those of one text, and those that several texts share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.indicators import hide, masked_in
from lianfang.indicators.mask import mask
from lianfang.report.tally import KINDS, Kind
from lianfang.screening.quoted import tells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lianfang.model import Indicator
    from lianfang.report.tally import Pair

FEWEST_TEXTS = 2
MOST_SHARED = 50
MOST_LINKS = 8

INSTITUTIONS = ("service-number",)
"""Kinds that lead to nobody: texts share the numbers of banks and authorities."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An indicator of one text, and how often it stands there."""

    kind: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Link:
    """A card that is linked to."""

    card: int
    id: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Shared:
    """An indicator of several texts.

    Attributes:
        kinds: how many of the texts are of each kind.
        links: the first of them, the most urgent first.
    """

    kind: str
    value: str
    texts: int
    kinds: tuple[tuple[Kind, int], ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict with its text and what stands there.

    Attributes:
        shown: the text as it may be shown, as long as the original.
        indicators: what stands in the original.
        values: how the value of each may be shown.
    """

    pair: Pair
    shown: str
    indicators: Sequence[Indicator]
    values: Sequence[str]

    @property
    def keyed(self) -> dict[tuple[str, str], str]:
        """Kind and canonical form of each indicator, once, with what is shown of it."""
        pairs = zip(self.indicators, self.values, strict=True)
        return {(one.kind, one.canonical): value for one, value in pairs}


def found(pair: Pair, indicators: Sequence[Indicator], *, masked: bool) -> Found:
    """Make ready what was found in a text."""
    text = pair[1]
    if not masked:
        return Found(pair, text, indicators, [one.canonical for one in indicators])
    shown = hide(text, indicators)
    values = [masked_in(shown, one).canonical for one in indicators]
    return Found(pair, shown, indicators, values)


def mentions(one: Found) -> tuple[Mention, ...]:
    """The indicators of a text that somebody will look at, in the order of the text."""
    if not tells(one.pair[0]):
        return ()
    counts = Counter((each.kind, each.canonical) for each in one.indicators)
    return tuple(Mention(key[0], value, counts[key]) for key, value in one.keyed.items())


def shared(every: Iterable[Found], *, masked: bool) -> list[Shared]:
    """Indicators of several of these texts, those of most texts first.

    The number of each text among them is that of its card, from 1. Numbers of institutions and
    texts that tell nothing are left out.
    """
    values: dict[tuple[str, str], str] = {}
    links: dict[tuple[str, str], list[Link]] = {}
    for number, one in enumerate(every, start=1):
        verdict, _ = one.pair
        if tells(verdict):
            name = mask(str(verdict.id)) if masked else str(verdict.id)
            for key, value in one.keyed.items():
                values.setdefault(key, value)
                links.setdefault(key, []).append(Link(number, name, Kind.of(verdict)))
    rows = [
        _shared(key[0], values[key], those)
        for key, those in links.items()
        if len(those) >= FEWEST_TEXTS and key[0] not in INSTITUTIONS
    ]
    return sorted(rows, key=lambda row: (-row.texts, row.links[0].card))


def _shared(kind: str, value: str, links: Sequence[Link]) -> Shared:
    counts = Counter(link.kind for link in links)
    kinds = tuple((kind, counts[kind]) for kind in KINDS if counts[kind])
    return Shared(kind, value, len(links), kinds, tuple(links[:MOST_LINKS]))
