"""The judge that learned its weights: runs of characters and the guides' features together.

Every text is first glanced at: its runs alone say whether it could be about an activity at all.
Only those that could are screened with the guides, and only where what they may say could change
the verdict. A long text is judged by its passages: the one that offends most surely speaks for
all, but the more there are, the surer it must be. All scores are sums, so that each can be taken
apart into what speaks for it (`explain`).
"""

from __future__ import annotations

from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

import numpy as np

from lianfang.model import Weight
from lianfang.screening.judge import (
    OFFENDS,
    OTHER,
    STANCES,
    Glance,
    Judgement,
)
from lianfang.screening.passages import HAN, passage_of, passages_of
from lianfang.screening.weights import NEAR
from lianfang.screening.weights import OFFENDS as OFFENDS_AT_ALL
from lianfang.text.compiled import compiled
from lianfang.text.strongest import Sides, run_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.guides.program import Program
    from lianfang.screening.judge import Evidence
    from lianfang.screening.passages import Passages
    from lianfang.screening.weights import Weights
    from lianfang.text.ngrams import Floats
    from lianfang.text.stream import Bools, Ints, Stream
    from lianfang.text.strongest import Strongest

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
        self._kept: tuple[Stream, Passages, Floats] | None = None
        place = {name: number for number, name in enumerate(weights.columns)}
        calm = [place[stance.value] for stance in STANCES if not stance.offends]
        self._quick = weights.runs.only([place[NEAR], *calm])
        self._offends = place[OFFENDS_AT_ALL]
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
        offending, calm = [*self._stances[OFFENDS], self._offends], self._stances[~OFFENDS]
        self._helpful[:, offending] = np.maximum(self._features[:, offending], 0.0)
        self._helpful[:, calm] = np.minimum(self._features[:, calm], 0.0)
        about = self._activities[self._activities >= 0]
        self._topical[:, about] = np.maximum(self._features[:, about], 0.0)

    def glance(self, stream: Stream) -> Glance:
        sums = self._quick.odds(stream, stream.starts[:-1], stream.starts[1:])
        said = _in_han(stream)
        stances = np.where(said, CALM[sums[:, 1:].argmax(axis=1)], OTHER)
        none = np.zeros((len(sums), self._activities.size))
        near = sums[:, 0] >= self._weights.near_from
        near |= np.diff(stream.starts) > LONGEST_GLANCE
        return Glance(Judgement(stances, np.zeros(len(sums)), none), near & said)

    def concerned(self, evidence: Evidence, stream: Stream) -> Bools:
        """Which texts may be suspect, or about an activity, if all that speaks for it holds."""
        offends, about = self._helpful, self._topical
        passages, runs = self._weighed(stream)
        plain, best = runs.copy(), runs.copy()
        _add_to_all(best, passages, evidence.texts, offends, evidence.rules)
        certain = self._certainty(best, passages)
        may: Bools = _by_text(certain, passages) >= _log_odds(self.thresholds[0])
        _add_to_all(plain, passages, evidence.texts, about, evidence.rules)
        known = self._activities[self._activities >= 0]
        if known.size:
            may |= _by_text(plain[:, known].max(axis=1), passages) >= _log_odds(self.about_from)
        return may

    def judge(self, evidence: Evidence, stream: Stream) -> Judgement:
        passages, runs = self._weighed(stream)
        odds = self._odds(runs, passages, evidence)
        certain = self._certainty(odds, passages)
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
        weights, stances = self._weights, self._stances
        passages, runs = self._weighed(stream)
        odds = self._odds(runs, passages, evidence)
        surest = _surest(self._certainty(odds, passages), passages)[np.array(texts, np.int64)]
        odds = odds[surest][:, stances]
        best = stances[np.where(OFFENDS, odds, -np.inf).argmax(axis=1)]
        other = stances[np.where(OFFENDS, -np.inf, odds).argmax(axis=1)]
        mine, held = evidence.of(texts)
        features = self._features[mine.rules, best[mine.texts]]
        features = features - self._features[mine.rules, other[mine.texts]]
        features += self._features[mine.rules, self._offends]
        where = passage_of(passages, np.array(texts, np.int64)[mine.texts], mine.at)
        features[where != surest[mine.texts]] = 0.0
        first, last = passages.first[surest], passages.first[surest + 1]
        told_runs = weights.runs.strongest(
            stream, (first, last), Sides(best, other, self._offends), MOST_RUNS
        )
        which, values, bounds = _by_weight(
            np.array(held, dtype=np.int64),
            np.round(weights.slope * features, 3),
            np.round(weights.slope * told_runs.weight, 3),
        )
        names = [self._names[rule] for rule in mine.rules.tolist()]
        names += _named(stream.text, first, told_runs)
        told, said = [names[one] for one in which.tolist()], values.tolist()
        return [
            tuple(map(Weight, told[low:high], said[low:high]))
            for low, high in pairwise(bounds.tolist())
        ]

    def _weighed(self, stream: Stream) -> tuple[Passages, Floats]:
        """The passages of a batch, and the log-odds of each column that the runs of each give.

        Kept until another batch is asked for.
        """
        kept = self._kept
        if kept is None or kept[0] is not stream:
            passages = passages_of(stream)
            runs = self._weights.runs.odds(stream, passages.first[:-1], passages.first[1:])
            self._kept = kept = (stream, passages, runs)
        return kept[1:]

    def _odds(self, runs: Floats, passages: Passages, evidence: Evidence) -> Floats:
        """Log-odds of each column, of passages in which these rules fired."""
        odds = runs.copy()
        where = passage_of(passages, evidence.texts, evidence.at)
        _add(odds, where, self._features, evidence.rules)
        return odds

    def _ahead(self, odds: Floats) -> Floats:
        return ahead(odds[:, self._stances], odds[:, self._offends])

    def _certainty(self, odds: Floats, passages: Passages) -> Floats:
        """Log-odds that each passage offends; less, the more passages its text has.

        Of many passages the surest offends by chance: `CROWD` of what would make up for that, if
        they had nothing in common, is taken off.
        """
        weights = self._weights
        certain: Floats = weights.slope * self._ahead(odds) + weights.shift
        certain -= CROWD * np.log(passages.held[passages.text])
        certain[~passages.said] = -np.inf
        return certain


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


def _named(text: str, first: Ints, runs: Strongest) -> list[str]:
    """The runs of all texts, as they are told."""
    begins = np.repeat(first, runs.begin.shape[1]).tolist()
    bounds = zip(begins, runs.begin.ravel().tolist(), runs.end.ravel().tolist(), strict=True)
    return [run_of(text, start, begin, end) for start, begin, end in bounds]


@compiled
def _by_weight(held: Ints, features: Floats, runs: Floats) -> tuple[Ints, Floats, Ints]:
    """What speaks of each text, strongest first; what weighs nothing is left out.

    Args:
        held: how many features each text has.
        features: their weights, text by text.
        runs: weights of runs, a row a text.

    Returns:
        The numbers of features and, behind all of them, of runs; their weights; and where those
        of each text begin.
    """
    room = features.size + runs.size
    which, values = np.empty(room, np.int64), np.empty(room)
    bounds = np.zeros(held.size + 1, np.int64)
    feature, count = 0, 0
    for text in range(held.size):
        for part in range(held[text] + runs.shape[1]):
            run = part - held[text]
            value = features[feature + part] if run < 0 else runs[text, run]
            if value == 0:
                continue
            at = count
            while at > bounds[text] and abs(values[at - 1]) < abs(value):
                values[at], which[at] = values[at - 1], which[at - 1]
                at -= 1
            values[at] = value
            which[at] = feature + part if run < 0 else features.size + text * runs.shape[1] + run
            count += 1
        feature += held[text]
        bounds[text + 1] = count
    return which[:count], values[:count], bounds


def ahead(stances: Floats, offends: Floats) -> Floats:
    """How far offending is ahead: the log-odds of the best offending stance over those of the best
    other one, and the log-odds of offending at all.

    Two ways to learn the same, that err in different places.

    Args:
        stances: log-odds of each, columns as `STANCES`.
        offends: log-odds of offending.
    """
    led: Floats = stances[:, OFFENDS].max(axis=1) - stances[:, ~OFFENDS].max(axis=1)
    return led + offends


def _log_odds(share: float) -> float:
    return log(share / (1 - share))


def probability(odds: Floats) -> Floats:
    """Of log-odds."""
    of: Floats = 1.0 / (1.0 + np.exp(-odds))
    return of
