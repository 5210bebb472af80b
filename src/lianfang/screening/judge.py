"""From features that fired to what a text is about, what it does, and how sure that is.

`Judge` is the interface; `StrengthJudge` adds up the strengths that the guides give, as
log-odds. A judge that learned its weights takes the same evidence and gives the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from lianfang.model import OFFENDING, Stance

if TYPE_CHECKING:
    from lianfang.guides.model import Strength
    from lianfang.guides.program import Program
    from lianfang.text.stream import Ints

Floats = NDArray[np.float64]

STANCES = tuple(Stance)
OTHER, WARN = STANCES.index(Stance.OTHER), STANCES.index(Stance.WARN)
OFFENDS = np.array([stance in OFFENDING for stance in STANCES])

WEIGHT: dict[Strength, float] = {"weak": 1.0, "medium": 2.0, "strong": 4.0}
"""Log-odds that a feature of each strength adds. Design values, chosen on the guides' corpora."""

OTHER_BIAS = 1.5
"""What speaks for `other` before any feature does."""

MOST_WARNING = 3.2
"""The most that words of warning say against a strong feature of offending. However many
cautions an advertiser adds, they weigh no more: a single strong feature beside them is left to
a person, more of them are suspect. What a warning quotes is taken out before anything is
weighed (see `contexts`)."""

CITED_SHARE = 0.5
"""A shared feature says less of one activity than the activity's own."""

ABOUT_SCALE = 2.0
ABOUT_THRESHOLD = 0.6
"""From this score on, a verdict names the activity."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs (rule, text): this rule fired in this text, each pair once."""

    rules: Ints
    texts: Ints
    size: int


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


class Judge(Protocol):
    """Whatever turns evidence into a judgement."""

    def judge(self, evidence: Evidence) -> Judgement:
        """Judge every text of a batch."""


class StrengthJudge:
    """Adds up strengths. The first judge, and the prior of any learned one."""

    def __init__(self, program: Program) -> None:
        rules = program.rules
        self._weight = np.array([WEIGHT[rule.feature.strength] for rule in rules])
        self._stance = np.array(
            [STANCES.index(r.feature.stance) if r.feature.stance else -1 for r in rules],
            dtype=np.int64,
        )
        order = {name: i for i, name in enumerate(program.guides)}
        self._own = np.zeros((len(rules), len(order)))
        self._cited = np.zeros((len(rules), len(order)))
        for rule in rules:
            matrix = self._own if rule.guide else self._cited
            for name in program.cites(rule):
                matrix[rule.index, order[name]] = self._weight[rule.index]

    def judge(self, evidence: Evidence) -> Judgement:
        about = self._about(evidence)
        top = about.max(axis=1, initial=0.0)
        logits = self._logits(evidence)
        concerned = top >= ABOUT_THRESHOLD
        logits[np.ix_(~concerned, OFFENDS)] = -np.inf
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        share = odds / odds.sum(axis=1, keepdims=True)
        score = np.where(concerned, share[:, OFFENDS].sum(axis=1), 0.0)
        return Judgement(share.argmax(axis=1), score, about)

    def _about(self, evidence: Evidence) -> Floats:
        own = np.zeros((evidence.size, self._own.shape[1]))
        np.add.at(own, evidence.texts, self._own[evidence.rules])
        cited = np.zeros_like(own)
        np.add.at(cited, evidence.texts, self._cited[evidence.rules])
        raw = own + CITED_SHARE * np.where(own > 0, cited, 0.0)
        return 1.0 - np.exp(-raw / ABOUT_SCALE)

    def _logits(self, evidence: Evidence) -> Floats:
        logits = np.zeros((evidence.size, len(STANCES)))
        logits[:, OTHER] = OTHER_BIAS
        speaks = self._stance[evidence.rules] >= 0
        rules, texts = evidence.rules[speaks], evidence.texts[speaks]
        np.add.at(logits, (texts, self._stance[rules]), self._weight[rules])
        offers = logits[:, OFFENDS].max(axis=1, initial=0.0) >= WEIGHT["strong"]
        logits[offers, WARN] = np.minimum(logits[offers, WARN], MOST_WARNING)
        return logits
