"""The judge that learned its weights: runs of characters and the guides' features together.

Every text is first glanced at: its runs alone say whether it could be about an activity at all.
Only those that could are screened with the guides. All scores are sums, so that each can be
taken apart into what speaks for it (`explain`).
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

import numpy as np

from lianfang.model import Weight
from lianfang.screening.judge import (
    OFFENDS,
    STANCES,
    Glance,
    Judgement,
    StrengthJudge,
    strongest_first,
)
from lianfang.screening.weights import NEAR
from lianfang.text.compiled import compiled
from lianfang.text.ngrams import run_of, strongest, weighed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lianfang.guides.program import Program
    from lianfang.screening.judge import Evidence
    from lianfang.screening.weights import Weights
    from lianfang.text.ngrams import Floats
    from lianfang.text.stream import Bools, Codes, Ints, Stream

CALM = np.flatnonzero(~OFFENDS)
"""Numbers of the stances that don't offend."""

MOST_RUNS = 6
"""Runs of characters that are told of one text."""

LONGEST_GLANCE = 200
"""A longer text is always looked at closely: in it a short offer would weigh too little."""

STRENGTHS_FROM = StrengthJudge.thresholds

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
        near |= _long(stream)
        return Glance(far, near)

    def concerned(self, evidence: Evidence) -> Bools:
        return np.ones(evidence.size, dtype=bool)

    def judge(self, evidence: Evidence, stream: Stream) -> Judgement:
        weights, concerned = self._weights, self.concerned(evidence)
        odds = self._odds(stream.codes, stream.starts, evidence.rules, evidence.texts)
        about = np.zeros((len(odds), self._activities.size))
        known = np.flatnonzero(self._activities >= 0)
        about[:, known] = probability(odds[:, self._activities[known]])
        about[~concerned] = 0.0
        stances = odds[:, self._stances]
        score = probability(weights.slope * lead(stances) + weights.shift)
        score[~concerned] = 0.0
        clear_below, suspect_from = self.thresholds
        stances[np.ix_(score < clear_below, OFFENDS)] = -np.inf
        stances[np.ix_(score >= suspect_from, ~OFFENDS)] = -np.inf
        return Judgement(stances.argmax(axis=1), score, about)

    def explain(
        self, stream: Stream, texts: Sequence[int], rules: Sequence[Sequence[int]]
    ) -> list[tuple[Weight, ...]]:
        """What speaks for and against that each text offends, in log-odds, strongest first."""
        weights, stances = self._weights, self._stances
        codes, starts = stream.only(texts)
        lengths = list(map(len, rules))
        fired = np.array([rule for those in rules for rule in those], dtype=np.int64)
        row = np.repeat(np.arange(len(texts)), lengths)
        odds = self._odds(codes, starts, fired, row)[:, stances]
        best = stances[np.where(OFFENDS, odds, -np.inf).argmax(axis=1)]
        other = stances[np.where(OFFENDS, -np.inf, odds).argmax(axis=1)]
        features = self._features[fired, best[row]] - self._features[fired, other[row]]
        numbers, runs = strongest(
            codes, starts, weights.table, weights.scale, best, other, MOST_RUNS
        )
        told = zip(
            self._split(fired, np.round(weights.slope * features, 3), lengths),
            _named(codes, starts, numbers, np.round(weights.slope * runs, 3)),
            strict=True,
        )
        return [tuple(sorted(a + b, key=strongest_first)) for a, b in told]

    def _odds(self, codes: Codes, starts: Ints, rules: Ints, texts: Ints) -> Floats:
        """Log-odds of each column, of texts in which these rules fired."""
        weights = self._weights
        odds = weighed(codes, starts, weights.table, weights.scale) + weights.bias
        _add(odds, texts, self._features, rules)
        return odds

    def _split(self, rules: Ints, values: Floats, lengths: Sequence[int]) -> Iterator[list[Weight]]:
        """The weights of features, text by text."""
        told = zip(rules.tolist(), values.tolist(), strict=True)
        for length in lengths:
            yield [
                Weight(self._names[rule], value) for rule, value in islice(told, length) if value
            ]


class GuidedJudge(LearnedJudge):
    """Judges with trained weights, but only texts of which the guides' own features say that
    they are about an activity. The stance of all other texts is a calm one.

    In a long text the runs of a short offer would weigh too little: there strengths decide.
    """

    def __init__(self, program: Program, weights: Weights) -> None:
        super().__init__(program, weights)
        self._strengths = StrengthJudge(program)

    def concerned(self, evidence: Evidence) -> Bools:
        return self._strengths.concerned(evidence)

    def judge(self, evidence: Evidence, stream: Stream) -> Judgement:
        judged, long = super().judge(evidence, stream), _long(stream)
        if not long.any():
            return judged
        strict = self._strengths.judge(evidence, stream)
        score = np.interp(strict.score, (0.0, *STRENGTHS_FROM, 1.0), (0.0, *self.thresholds, 1.0))
        return Judgement(
            np.where(long, strict.stance, judged.stance),
            np.where(long, score, judged.score),
            np.where(long[:, None], strict.about, judged.about),
        )

    def explain(
        self, stream: Stream, texts: Sequence[int], rules: Sequence[Sequence[int]]
    ) -> list[tuple[Weight, ...]]:
        told, long = super().explain(stream, texts, rules), _long(stream)
        if not long.any():
            return told
        strict = self._strengths.explain(stream, texts, rules)
        return [strict[i] if long[text] else told[i] for i, text in enumerate(texts)]


def _long(stream: Stream) -> Bools:
    """Which texts are too long to be weighed by their runs."""
    long: Bools = np.diff(stream.starts) > LONGEST_GLANCE
    return long


@compiled
def _add(odds: Floats, texts: Ints, features: Floats, rules: Ints) -> None:
    """Add the rows of some rules to those of the texts in which they fired."""
    for pair in range(rules.size):
        for column in range(odds.shape[1]):
            odds[texts[pair], column] += features[rules[pair], column]


def _named(codes: Codes, starts: Ints, numbers: Ints, values: Floats) -> Iterator[list[Weight]]:
    """The weights of runs, text by text."""
    text, at = codes.tobytes().decode("utf-32-le"), starts.tolist()
    rows = zip(numbers.tolist(), values.tolist(), pairwise(at), strict=True)
    for found, weights, (start, end) in rows:
        mine = text[start:end]
        yield [
            Weight(run_of(mine, number), value)
            for number, value in zip(found, weights, strict=True)
            if number >= 0 and value
        ]


def lead(stances: Floats) -> Floats:
    """Log-odds by which the best offending stance leads the best other one; columns `STANCES`."""
    ahead: Floats = stances[:, OFFENDS].max(axis=1) - stances[:, ~OFFENDS].max(axis=1)
    return ahead


def probability(odds: Floats) -> Floats:
    """Of log-odds."""
    of: Floats = 1.0 / (1.0 + np.exp(-odds))
    return of
