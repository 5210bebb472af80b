"""The judge that learned its weights: runs of characters and the guides' features together.

Every text is first glanced at: its runs alone say whether it could be about an activity at all.
Only those that could are screened with the guides. All scores are sums, so that each can be
taken apart into what speaks for it (`explain`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lianfang.model import Weight
from lianfang.screening.judge import OFFENDS, STANCES, Glance, Judgement, StrengthJudge
from lianfang.screening.weights import NEAR
from lianfang.text.ngrams import strongest, weighed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.guides.program import Program
    from lianfang.screening.judge import Evidence
    from lianfang.screening.weights import Weights
    from lianfang.text.ngrams import Floats
    from lianfang.text.stream import Bools, Stream

WHOLE = np.array([0, 1])
CALM = np.flatnonzero(~OFFENDS)
"""Numbers of the stances that don't offend."""

MOST_RUNS = 6
"""Runs of characters that are told of one text."""

LONGEST_GLANCE = 200
"""A longer text is always looked at closely: in it a short offer would weigh too little."""

ABOUT_FROM = 0.5


class LearnedJudge:
    """Judges with trained weights.

    A feature or guide that the weights don't know says nothing.
    """

    about_from = ABOUT_FROM

    def __init__(self, program: Program, weights: Weights) -> None:
        self._weights = weights
        self.thresholds = (weights.clear_below, weights.suspect_from)
        place = {name: number for number, name in enumerate(weights.columns)}
        calm = [place[stance.value] for stance in STANCES if not stance.offends]
        self._glanced = np.array([place[NEAR], *calm])
        self._quick = np.ascontiguousarray(weights.table[:, self._glanced])
        self._stances = np.array([place[stance.value] for stance in STANCES])
        known = [place.get(name, -1) for name in program.guides]
        self._activities = np.array(known, dtype=np.int64)
        row = {name: number for number, name in enumerate(weights.rules)}
        self._names = [rule.id for rule in program.rules]
        self._features = np.zeros((len(program.rules), len(weights.columns)))
        for rule in program.rules:
            if rule.id in row:
                self._features[rule.index] = weights.features[row[rule.id]]

    def glance(self, stream: Stream) -> Glance:
        weights, glanced = self._weights, self._glanced
        sums = weighed(stream.codes, stream.starts, self._quick, weights.scale[glanced])
        sums += weights.bias[glanced]
        none = np.zeros((len(sums), self._activities.size))
        far = Judgement(CALM[sums[:, 1:].argmax(axis=1)], np.zeros(len(sums)), none)
        near = sums[:, 0] >= weights.near_from
        near |= np.diff(stream.starts) > LONGEST_GLANCE
        return Glance(far, near)

    def concerned(self, evidence: Evidence) -> Bools:
        return np.ones(evidence.size, dtype=bool)

    def judge(self, evidence: Evidence, stream: Stream) -> Judgement:
        weights = self._weights
        odds = weighed(stream.codes, stream.starts, weights.table, weights.scale) + weights.bias
        np.add.at(odds, evidence.texts, self._features[evidence.rules])
        about = np.zeros((len(odds), self._activities.size))
        known = np.flatnonzero(self._activities >= 0)
        about[:, known] = probability(odds[:, self._activities[known]])
        stances = odds[:, self._stances]
        score = probability(weights.slope * lead(stances) + weights.shift)
        clear_below, suspect_from = self.thresholds
        stances[np.ix_(score < clear_below, OFFENDS)] = -np.inf
        stances[np.ix_(score >= suspect_from, ~OFFENDS)] = -np.inf
        return Judgement(stances.argmax(axis=1), score, about)

    def explain(self, stream: Stream, text: int, rules: Sequence[int]) -> tuple[Weight, ...]:
        """What speaks for and against that the text offends, in log-odds, strongest first."""
        weights = self._weights
        start, end = int(stream.starts[text]), int(stream.starts[text + 1])
        features = self._features[np.array(rules, dtype=np.int64)][:, self._stances]
        runs = weighed(stream.codes[start:end], WHOLE * (end - start), weights.table, weights.scale)
        odds = (runs[0] + weights.bias)[self._stances] + features.sum(axis=0)
        best = np.where(OFFENDS, odds, -np.inf).argmax()
        other = np.where(OFFENDS, -np.inf, odds).argmax()
        told = [
            (self._names[rule], float(row[best] - row[other]))
            for rule, row in zip(rules, features, strict=True)
        ]
        pair = self._stances[[best, other]]
        told += strongest(
            stream.codes[start:end], weights.table[:, pair], weights.scale[pair], MOST_RUNS
        )
        told.sort(key=lambda weight: -abs(weight[1]))
        return tuple(Weight(what, round(weights.slope * value, 3)) for what, value in told if value)


class GlancingJudge(StrengthJudge):
    """Adds up strengths, but only where a glance by trained weights says that it could matter.

    The stance of all other texts is what their runs of characters say.
    """

    def __init__(self, program: Program, weights: Weights) -> None:
        super().__init__(program)
        self._eyes = LearnedJudge(program, weights)

    def glance(self, stream: Stream) -> Glance:
        return self._eyes.glance(stream)


def lead(stances: Floats) -> Floats:
    """Log-odds by which the best offending stance leads the best other one; columns `STANCES`."""
    ahead: Floats = stances[:, OFFENDS].max(axis=1) - stances[:, ~OFFENDS].max(axis=1)
    return ahead


def probability(odds: Floats) -> Floats:
    """Of log-odds."""
    of: Floats = 1.0 / (1.0 + np.exp(-odds))
    return of
