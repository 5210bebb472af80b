"""The features that fired, as reasons that a person reads beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from lianfang.report.segments import Range, merged
from lianfang.report.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lianfang.guides.library import Library
    from lianfang.model import FeatureHit, Stance

MOST_QUOTES = 5
LONGEST_QUOTE = 24
STRENGTHS = ("strong", "medium", "weak")


class Side(StrEnum):
    """What a reason speaks for; where several meet in one place, the first shows."""

    OFFENDS = "offends"
    TOPIC = "topic"
    EASES = "eases"

    @classmethod
    def of(cls, stance: Stance | None) -> Side:
        if stance is None:
            return cls.TOPIC
        return cls.OFFENDS if stance.offends else cls.EASES


SIDES = tuple(Side)


class Said(NamedTuple):
    """A feature in words."""

    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature that fired.

    Attributes:
        quotes: what stands at its places, each wording once.
        more: how many further wordings there are.
    """

    id: str
    label: str
    why: str
    strength: str
    stance: Stance | None
    side: Side
    activity: str | None
    ranges: tuple[Range, ...]
    quotes: tuple[str, ...]
    more: int

    @property
    def dots(self) -> int:
        """Strength as a number from 1 to 3."""
        return len(STRENGTHS) - STRENGTHS.index(self.strength)


def reasons(hits: tuple[FeatureHit, ...], text: str, said: Mapping[str, Said]) -> list[Reason]:
    """Order the reasons: what points to an offence first, strong before weak.

    Args:
        hits: features of a verdict.
        text: the text as it is shown, as long as the original.
        said: what to say of a feature, by its id, where it differs from the hit's own words.
    """
    made = [_reason(hit, text, said.get(hit.id, Said(hit.label, hit.why))) for hit in hits]
    return sorted(made, key=_order)


def _order(reason: Reason) -> tuple[int, int, Range]:
    first = reason.ranges[0] if reason.ranges else (len(reason.label) << 20, 0)
    return SIDES.index(reason.side), -reason.dots, first


def _reason(hit: FeatureHit, text: str, said: Said) -> Reason:
    ranges = merged((span.start, span.end) for span in hit.spans)
    quotes = list(dict.fromkeys(shortened(text[start:end]) for start, end in ranges))
    return Reason(
        hit.id,
        said.label,
        said.why,
        hit.strength,
        hit.stance,
        Side.of(hit.stance),
        hit.activity,
        tuple(ranges),
        tuple(quotes[:MOST_QUOTES]),
        max(len(quotes) - MOST_QUOTES, 0),
    )


def shortened(quote: str, longest: int = LONGEST_QUOTE) -> str:
    """A quote on one line, its middle left out where it is long."""
    line = " ".join(quote.split())
    if len(line) <= longest:
        return line
    half = longest // 2
    return f"{line[:half]}…{line[-half:]}"


def in_english(library: Library) -> dict[str, Said]:
    """What all features are called and why they count, by the ids that verdicts use."""
    return {
        f"{guide or 'shared'}/{feature.id}": Said(say(feature.label, "en"), say(feature.why, "en"))
        for guide, feature, _, _ in library.features()
    }
