"""From features that fired to what a text is about, what it does, and how sure that is.

`Judge` is the interface; `StrengthJudge` adds up the strengths that the guides give, as
log-odds. A judge that learned its weights takes the same evidence and gives the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from math import log
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from lianfang.model import OFFENDING, Stance, Weight
from lianfang.text.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.guides.model import Strength
    from lianfang.guides.program import Program
    from lianfang.text.stream import Bools, Ints, Stream

Floats = NDArray[np.float64]

STANCES = tuple(Stance)
OTHER, WARN = STANCES.index(Stance.OTHER), STANCES.index(Stance.WARN)
OFFENDS = np.array([stance in OFFENDING for stance in STANCES])

WEIGHT: dict[Strength, float] = {"weak": 1.0, "medium": 2.0, "strong": 4.0}
"""Log-odds that a feature of each strength adds. Design values, chosen on the guides' corpora."""

STRONG = WEIGHT["strong"]

OTHER_BIAS = 1.5
"""What speaks for `other` before any feature does."""

MOST_WARNING = 3.2
"""The most that words of warning say against a strong feature of offending. However many
cautions an advertiser adds, they weigh no more: a single strong feature beside them is left to
a person, more of them are suspect. What a warning quotes is taken out before anything is
weighed (see `contexts`)."""

CITED_SHARE = 0.5
"""A shared feature says less of one activity than the activity's own; and together they add at
most this share of what its own features say, so that one weak feature of a guide and any number
of shared ones don't make a text be about its activity."""

SUSPECT_FROM = 0.65
CLEAR_BELOW = 0.4
"""Between the two a person must look: `suspect` is None."""

ABOUT_SCALE = 2.0
ABOUT_THRESHOLD = 0.6
"""From this score on, a verdict names the activity."""
ABOUT_WEIGHT = -ABOUT_SCALE * log(1 - ABOUT_THRESHOLD)
"""The same, as weight. Guides' own features reach it alone or not at all, see `CITED_SHARE`."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs (rule, text): this rule fired in this text, each pair once.

    Attributes:
        at: where each first stands in the stream, -1 where it stands nowhere; without it, where
            that isn't known yet.
    """

    rules: Ints
    texts: Ints
    size: int
    at: Ints | None = None

    def of(self, texts: Sequence[int]) -> tuple[Evidence, list[int]]:
        """The pairs of some texts, these numbered as they are named, and how many each has."""
        number = np.full(self.size, -1, dtype=np.int64)
        number[texts] = np.arange(len(texts))
        mine = number[self.texts]
        order = np.argsort(mine, kind="stable")
        order = order[mine[order] >= 0]
        at = None if self.at is None else self.at[order]
        held = np.bincount(mine[order], minlength=len(texts)).tolist()
        return Evidence(self.rules[order], mine[order], len(texts), at), held


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row a text.

    Attributes:
        stance: index into `STANCES`.
        score: how surely the text offends, 0 to 1.
        about: score of each activity, in the program's order, 0 to 1.
    """

    stance: Ints
    score: Floats
    about: Floats


class Glance(NamedTuple):
    """A first look at a batch, without the guides.

    Attributes:
        far: judgement of texts that needn't be looked at closely.
        near: which texts must be.
    """

    far: Judgement
    near: Bools


class Judge(Protocol):
    """Whatever turns evidence into a judgement.

    Attributes:
        thresholds: a score below the first is clear, from the second on suspect.
        about_from: an activity is named from this score on.
    """

    thresholds: tuple[float, float]
    about_from: float

    def glance(self, stream: Stream) -> Glance:
        """Look at every text of a batch once."""

    def judge(self, evidence: Evidence, stream: Stream) -> Judgement:
        """Judge every text of a batch."""

    def explain(
        self, evidence: Evidence, stream: Stream, texts: Sequence[int]
    ) -> list[tuple[Weight, ...]]:
        """What the score of each of some texts is made of."""

    def concerned(self, evidence: Evidence, stream: Stream) -> Bools:
        """Which texts may be suspect or about an activity, if all of this evidence holds.

        More evidence never makes a text less so.
        """


class StrengthJudge:
    """Adds up strengths. The first judge, and the prior of any learned one."""

    thresholds = (CLEAR_BELOW, SUSPECT_FROM)
    about_from = ABOUT_THRESHOLD

    def __init__(self, program: Program) -> None:
        rules = program.rules
        weight = np.array([WEIGHT[rule.feature.strength] for rule in rules], dtype=np.float64)
        stance = np.array(
            [STANCES.index(r.feature.stance) if r.feature.stance else -1 for r in rules],
            dtype=np.int64,
        )
        order = {name: i for i, name in enumerate(program.guides)}
        own, cited = np.zeros((2, len(rules), len(order)))
        for rule in rules:
            matrix = own if rule.guide else cited
            for name in program.cites(rule):
                matrix[rule.index, order[name]] = weight[rule.index]
        self._strengths = Strengths(weight, stance, own, cited)
        signed = np.where(OFFENDS[stance], weight, -weight).tolist()
        self._told = [
            Weight(rule.id, value) if rule.feature.stance else None
            for rule, value in zip(rules, signed, strict=True)
        ]

    def glance(self, stream: Stream) -> Glance:
        size = len(stream.texts)
        far = Judgement(np.full(size, OTHER), np.zeros(size), np.zeros((size, 0)))
        return Glance(far, np.ones(size, dtype=bool))

    def explain(
        self,
        evidence: Evidence,
        stream: Stream,  # noqa: ARG002
        texts: Sequence[int],
    ) -> list[tuple[Weight, ...]]:
        """Strengths of the features that speak for a stance: below 0 where it doesn't offend."""
        mine, held = evidence.of(texts)
        rules = iter(mine.rules.tolist())
        told = [[self._told[rule] for rule in islice(rules, count)] for count in held]
        return [tuple(sorted(filter(None, those), key=strongest_first)) for those in told]

    def judge(self, evidence: Evidence, _stream: Stream) -> Judgement:
        logits, about = _weighed(evidence.rules, evidence.texts, evidence.size, self._strengths)
        concerned = about.max(axis=1, initial=0.0) >= ABOUT_WEIGHT
        about = 1.0 - np.exp(-about / ABOUT_SCALE)
        logits[np.ix_(~concerned, OFFENDS)] = -np.inf
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        score = odds[:, OFFENDS].sum(axis=1) / odds.sum(axis=1)
        return Judgement(odds.argmax(axis=1), np.where(concerned, score, 0.0), about)

    def concerned(self, evidence: Evidence, stream: Stream) -> Bools:  # noqa: ARG002
        own = _weighed(evidence.rules, evidence.texts, evidence.size, self._strengths)[1]
        concerned: Bools = own.max(axis=1, initial=0.0) >= ABOUT_WEIGHT
        return concerned


def strongest_first(weight: Weight) -> float:
    """What weights are sorted by."""
    return -abs(weight.value)


class Strengths(NamedTuple):
    """What each rule weighs, the stance it speaks for (-1: none), and what it says of each
    activity: as the activity's own, or as a feature that it cites.
    """

    weight: Floats
    stance: Ints
    own: Floats
    cited: Floats


@compiled
def _weighed(rules: Ints, texts: Ints, size: int, strengths: Strengths) -> tuple[Floats, Floats]:
    """Log-odds of each stance, and the weight of what speaks of each activity."""
    logits, about = np.zeros((size, len(STANCES))), np.zeros((size, strengths.own.shape[1]))
    cited = np.zeros_like(about)
    logits[:, OTHER] = OTHER_BIAS
    for pair in range(rules.size):
        rule, text = rules[pair], texts[pair]
        if strengths.stance[rule] >= 0:
            logits[text, strengths.stance[rule]] += strengths.weight[rule]
        for activity in range(about.shape[1]):
            about[text, activity] += strengths.own[rule, activity]
            cited[text, activity] += strengths.cited[rule, activity]
    for text in range(size):
        offers = False
        for stance in range(logits.shape[1]):
            offers = offers or (OFFENDS[stance] and logits[text, stance] >= STRONG)
        if offers:
            logits[text, WARN] = min(logits[text, WARN], MOST_WARNING)
        for activity in range(about.shape[1]):
            if about[text, activity] > 0:
                about[text, activity] += CITED_SHARE * min(
                    cited[text, activity], about[text, activity]
                )
    return logits, about
