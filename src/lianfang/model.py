"""Frozen records that every room speaks in. Offsets count code points of the original text."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Stance(StrEnum):
    """What a text does. Topic never decides; this does."""

    OFFER = "offer"
    INSTRUCT = "instruct"
    ACT = "act"
    COMPLAIN = "complain"
    REPORT = "report"
    SEEK = "seek"
    WARN = "warn"
    OTHER = "other"

    @property
    def offends(self) -> bool:
        """True where the text solicits, teaches or does it."""
        return self in OFFENDING

    @property
    def zh(self) -> str:
        """The Chinese name, for screens."""
        return STANCE_ZH[self]


OFFENDING = (Stance.OFFER, Stance.INSTRUCT, Stance.ACT)

STANCE_ZH = {
    Stance.OFFER: "招揽",
    Stance.INSTRUCT: "教唆",
    Stance.ACT: "实施",
    Stance.COMPLAIN: "投诉",
    Stance.REPORT: "举报",
    Stance.SEEK: "求助",
    Stance.WARN: "提示",
    Stance.OTHER: "其他",
}


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A half-open range `[start, end)` of the original text, and what stands there."""

    start: int
    end: int
    text: str


class Rewriting(msgspec.Struct, frozen=True, gc=False):
    """A disguise that was undone: `text` at the span was read as `became`.

    `how` is one of `symbols` (characters put between), `variant` (a lexicon spelling),
    `glyphs` (width, traditional or decorated characters); or how the least plain character of
    a disguised word was written: `sound`, `digit`, `initial`, `order` (characters changed about),
    `shape`, `twice`, `pinyin`, `parts`, `emoji`.
    """

    start: int
    end: int
    text: str
    became: str
    how: str


class Indicator(msgspec.Struct, frozen=True, gc=False):
    """A fact about an entity that stands in a text: a number, a handle, a site, an address.

    Attributes:
        kind: `phone`, `landline`, `service-number`, `wechat`, `qq`, `handle`, `link`, `email`,
            `bank-card`, `wallet`, `credit-code` or `id-card`.
        value: what stands at the span.
        canonical: the one spelling of all disguises of the same value.
        start, end: the span in the original text.
        personal: whether it can lead to a natural person, so that it is masked where shown.
    """

    kind: str
    value: str
    canonical: str
    start: int
    end: int
    personal: bool


class FeatureHit(msgspec.Struct, frozen=True, gc=False):
    """A feature that fired, with the places that made it fire.

    `activity` is the guide it belongs to, None for a shared feature; `stance` is what it
    speaks for, None where it only says what the text is about.
    """

    id: str
    label: str
    why: str
    strength: str
    activity: str | None
    stance: Stance | None
    spans: tuple[Span, ...]


class ActivityScore(msgspec.Struct, frozen=True, gc=False):
    """How surely a text is *about* an activity, whatever its stance: 0 to 1."""

    id: str
    score: float


class Weight(msgspec.Struct, frozen=True, gc=False):
    """What speaks for (above 0) or against that a text offends: a feature's id or a run of
    characters, and the log-odds that it adds.
    """

    what: str
    value: float


class Turn(msgspec.Struct, frozen=True, gc=False):
    """What one speaker of a conversation says at a time, judged by itself.

    `[start, end)` counts in the original text and leaves out the name; `score` is how surely the
    turn offends, 0 to 1.
    """

    speaker: str
    start: int
    end: int
    stance: Stance
    score: float


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What screening says of one text.

    Attributes:
        id: the caller's id of the text, or its number in the batch.
        suspect: True, False, or None where the score lies between the two thresholds.
        activities: what the text is about, best first.
        stance: what the text does.
        score: how surely it offends, 0 to 1.
        features: every feature that fired, with spans in the original text.
        rewritings: every disguise that was undone on the way.
        decided_by: the sentence or turn that spoke loudest for the stance, if any; of a
            conversation that may offend, the turn that does so most surely.
        guides: version of each guide that `activities` names.
        weights: what the score is made of, strongest first.
        turns: of a conversation, each turn by itself; nothing where nobody need look.
    """

    id: str | int
    suspect: bool | None
    activities: tuple[ActivityScore, ...]
    stance: Stance
    score: float
    features: tuple[FeatureHit, ...]
    rewritings: tuple[Rewriting, ...]
    decided_by: Span | None
    guides: dict[str, str]
    weights: tuple[Weight, ...] = ()
    turns: tuple[Turn, ...] = ()


class Line(Verdict, frozen=True, gc=False):
    """A verdict with what stands in its text, as it is written for others."""

    indicators: tuple[Indicator, ...] = ()
