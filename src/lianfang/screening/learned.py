"""The judge that learned its weights: runs of characters and the guides' features together.

Every text is first glanced at: its runs alone say whether it could be about an activity at all.
Only those that could are screened with the guides, and only where what they may say could change
the verdict. A long text is judged by its passages: the one that offends most surely speaks for
all, but the more there are, the surer it must be. All scores are sums, so that each can be taken
apart into what speaks for it (`explain`).
"""

from __future__ import annotations

from itertools import islice, pairwise
from math import log
from typing import TYPE_CHECKING

import numpy as np

from lianfang.model import Weight
from lianfang.screening.judge import (
    OFFENDS,
    STANCES,
    Glance,
    Judgement,
    strongest_first,
)
from lianfang.screening.passages import HAN, passage_of, passages_of
from lianfang.screening.weights import NEAR
from lianfang.text.compiled import compiled
from lianfang.text.ngrams import run_of, strongest, weighed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lianfang.guides.program import Program
    from lianfang.screening.judge import Evidence
    from lianfang.screening.passages import Passages
    from lianfang.screening.weights import Weights
    from lianfang.text.ngrams import Floats
    from lianfang.text.stream import Bools, Codes, Ints, Stream

CALM = np.flatnonzero(~OFFENDS)
"""Numbers of the stances that don't offend."""

MOST_RUNS = 6
"""Runs of characters that are told of one text."""

LONGEST_GLANCE = 200
"""A longer text is always looked at closely: in it a short offer would weigh too little."""

CROWD = 0.4
"""A design value: an advert of two lines in a text of two thousand passages is still seen, and
whole statutes are still clear."""

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
        # what each feature may say at most: for an offence, and for an activity
        self._helpful, self._topical = np.zeros((2, *self._features.shape))
        offending, calm = self._stances[OFFENDS], self._stances[~OFFENDS]
        self._helpful[:, offending] = np.maximum(self._features[:, offending], 0.0)
        self._helpful[:, calm] = np.minimum(self._features[:, calm], 0.0)
        about = self._activities[self._activities >= 0]
        self._topical[:, about] = np.maximum(self._features[:, about], 0.0)

    def glance(self, stream: Stream) -> Glance:
        weights, glanced = self._weights, self._glanced
        sums = weighed(stream.codes, stream.starts, self._quick, weights.scale[glanced])
        sums += weights.bias[glanced]
        none = np.zeros((len(sums), self._activities.size))
        far = Judgement(CALM[sums[:, 1:].argmax(axis=1)], np.zeros(len(sums)), none)
        near = sums[:, 0] >= weights.near_from
        near |= np.diff(stream.starts) > LONGEST_GLANCE
        near &= _in_han(stream)
        return Glance(far, near)

    def concerned(self, evidence: Evidence, stream: Stream) -> Bools:
        """Which texts may be suspect, or about an activity, if all that speaks for it holds."""
        offends, about = self._helpful, self._topical
        passages = passages_of(stream)
        plain = self._runs(stream, passages)
        best = plain.copy()
        _add_to_all(best, passages, evidence.texts, offends, evidence.rules)
        ahead = self._certainty(best[:, self._stances], passages)
        may: Bools = _by_text(ahead, passages) >= _log_odds(self.thresholds[0])
        _add_to_all(plain, passages, evidence.texts, about, evidence.rules)
        known = self._activities[self._activities >= 0]
        if known.size:
            may |= _by_text(plain[:, known].max(axis=1), passages) >= _log_odds(self.about_from)
        return may

    def judge(self, evidence: Evidence, stream: Stream) -> Judgement:
        passages = passages_of(stream)
        odds = self._odds(stream, passages, evidence)
        certain = self._certainty(odds[:, self._stances], passages)
        best = _surest(certain, passages)
        odds, certain = odds[best], certain[best]
        about = np.zeros((len(odds), self._activities.size))
        known = np.flatnonzero(self._activities >= 0)
        about[:, known] = probability(odds[:, self._activities[known]])
        stances = odds[:, self._stances]
        score = probability(certain)
        clear_below, suspect_from = self.thresholds
        stances[np.ix_(score < clear_below, OFFENDS)] = -np.inf
        stances[np.ix_(score >= suspect_from, ~OFFENDS)] = -np.inf
        return Judgement(stances.argmax(axis=1), score, about)

    def explain(
        self, evidence: Evidence, stream: Stream, texts: Sequence[int]
    ) -> list[tuple[Weight, ...]]:
        """What speaks for and against that each text offends, in log-odds, strongest first.

        Of a long text, its surest passage.
        """
        weights, stances, passages = self._weights, self._stances, passages_of(stream)
        odds = self._odds(stream, passages, evidence)[:, stances]
        surest = _surest(self._certainty(odds, passages), passages)[np.array(texts, np.int64)]
        odds = odds[surest]
        best = stances[np.where(OFFENDS, odds, -np.inf).argmax(axis=1)]
        other = stances[np.where(OFFENDS, -np.inf, odds).argmax(axis=1)]
        mine, held = evidence.of(texts)
        features = self._features[mine.rules, best[mine.texts]]
        features = features - self._features[mine.rules, other[mine.texts]]
        where = passage_of(passages, np.array(texts, np.int64)[mine.texts], mine.at)
        features[where != surest[mine.texts]] = 0.0
        codes, starts = _parts(stream.codes, passages.first[surest], passages.first[surest + 1])
        numbers, runs = strongest(
            codes, starts, weights.table, weights.scale, best, other, MOST_RUNS
        )
        told = zip(
            self._split(mine.rules, np.round(weights.slope * features, 3), held),
            _named(codes, starts, numbers, np.round(weights.slope * runs, 3)),
            strict=True,
        )
        return [tuple(sorted(a + b, key=strongest_first)) for a, b in told]

    def _runs(self, stream: Stream, passages: Passages) -> Floats:
        """Log-odds of each column that the runs of each passage give."""
        weights = self._weights
        return weighed(stream.codes, passages.first, weights.table, weights.scale) + weights.bias

    def _odds(self, stream: Stream, passages: Passages, evidence: Evidence) -> Floats:
        """Log-odds of each column, of passages in which these rules fired."""
        odds = self._runs(stream, passages)
        where = passage_of(passages, evidence.texts, evidence.at)
        _add(odds, where, self._features, evidence.rules)
        return odds

    def _certainty(self, stances: Floats, passages: Passages) -> Floats:
        """Log-odds that each passage offends; less, the more passages its text has.

        Of many passages the surest offends by chance: `CROWD` of what would make up for that, if
        they had nothing in common, is taken off.
        """
        weights = self._weights
        certain: Floats = weights.slope * lead(stances) + weights.shift
        certain -= CROWD * np.log(passages.held[passages.text])
        certain[~passages.said] = -np.inf
        return certain

    def _split(self, rules: Ints, values: Floats, lengths: Sequence[int]) -> Iterator[list[Weight]]:
        """The weights of features, text by text."""
        told = zip(rules.tolist(), values.tolist(), strict=True)
        for length in lengths:
            yield [
                Weight(self._names[rule], value) for rule, value in islice(told, length) if value
            ]


def _in_han(stream: Stream) -> Bools:
    """Which texts have a Han character at all: of others the weights have learned nothing."""
    said: Bools = np.logical_or.reduceat(stream.classes == HAN, stream.starts[:-1])
    return said


def _surest(certain: Floats, passages: Passages) -> Ints:
    """The passage of each text that offends most surely."""
    if certain.size == passages.held.size:
        return passages.last
    return np.lexsort((certain, passages.text))[passages.last]


def _by_text(values: Floats, passages: Passages) -> Floats:
    """The largest value of each text's passages."""
    return values[_surest(values, passages)]


def _parts(codes: Codes, first: Ints, last: Ints) -> tuple[Codes, Ints]:
    """Some ranges of a stream side by side, and where each begins; one more for the end."""
    pairs = zip(first.tolist(), last.tolist(), strict=True)
    parts = [codes[start:end] for start, end in pairs]
    starts = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum(last - first, out=starts[1:])
    return np.concatenate([*parts, codes[:0]]), starts


@compiled
def _add(odds: Floats, where: Ints, features: Floats, rules: Ints) -> None:
    """Add the rows of some rules to those of the passages in which they fired."""
    for pair in range(rules.size):
        if where[pair] >= 0:
            for column in range(odds.shape[1]):
                odds[where[pair], column] += features[rules[pair], column]


@compiled
def _add_to_all(
    odds: Floats, passages: Passages, texts: Ints, features: Floats, rules: Ints
) -> None:
    """Add the rows of some rules to those of every passage of their texts."""
    for pair in range(rules.size):
        text = texts[pair]
        first = passages.last[text - 1] + 1 if text else 0
        for at in range(first, passages.last[text] + 1):
            for column in range(odds.shape[1]):
                odds[at, column] += features[rules[pair], column]


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


def _log_odds(share: float) -> float:
    return log(share / (1 - share))


def probability(odds: Floats) -> Floats:
    """Of log-odds."""
    of: Floats = 1.0 / (1.0 + np.exp(-odds))
    return of
