"""Verdicts written from a judgement, with every span traced back to the original text."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from lianfang.model import ActivityScore, FeatureHit, Rewriting, Span, Verdict
from lianfang.screening.judge import STANCES, WEIGHT
from lianfang.screening.shown import UNCOVERED, UNDONE, Speaks, shown
from lianfang.text.compiled import compiled
from lianfang.text.disguise.tokens import How
from lianfang.text.writable import SURROGATE, writable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lianfang.guides.program import Program, Rule
    from lianfang.model import Stance
    from lianfang.screening.firing import Firing
    from lianfang.screening.judge import Judge, Judgement
    from lianfang.screening.shown import Change, Shown
    from lianfang.text.ngrams import Floats
    from lianfang.text.stream import Bools, Ints, Stream

DECIMALS = 4
"""Of scores."""

TINY = 10.0**-DECIMALS
NEXT_BEST = 0.5
"""Of a text that may offend, activities are also named whose score is at least this share of the
best one's: of the texts whose best activity is the wrong one, a third have the right one there."""


class Writer:
    """Writes the verdicts of one program, as a judge has it."""

    def __init__(self, program: Program, judge: Judge) -> None:
        self._program, self._judge = program, judge
        guides, rules = program.library.guides, program.rules
        self._versions = {name: guides[name].version for name in program.guides}
        self._hits = [_hit(rule) for rule in rules]
        stances = [rule.feature.stance for rule in rules]
        self._speaks = Speaks(
            np.array([STANCES.index(s) if s else -1 for s in stances], dtype=np.int64),
            np.array([WEIGHT[rule.feature.strength] for rule in rules], dtype=np.float64),
        )

    def plain(self, ids: Sequence[str | int], judgement: Judgement) -> list[Verdict]:
        """Verdicts of texts that are about no activity: a stance, and nothing to be told."""
        return [
            Verdict(name, False, (), stance, 0.0, (), (), None, {})
            for name, stance in zip(ids, stances_of(judgement.stance), strict=True)
        ]

    def write(
        self, ids: Sequence[str | int], firing: Firing, judgement: Judgement
    ) -> list[Verdict]:
        """One verdict a text, in order."""
        verdicts = self.plain(ids, judgement)
        scores = rounded(judgement.score)
        clear_below, suspect_from = self._judge.thresholds
        about = judgement.about.max(axis=1, initial=0.0) >= self._judge.about_from
        wanted = about | (judgement.score >= clear_below)
        texts = np.flatnonzero(wanted).tolist()
        if not texts:
            return verdicts
        told = shown(firing, wanted, judgement.stance, self._speaks)
        clear, suspect = (scores < clear_below).tolist(), (scores >= suspect_from).tolist()
        every = self._activities(judgement.about[texts], ~np.array(clear)[texts])
        stream, scored = firing.stream, scores.tolist()
        fired = [told.rules[told.first[text] : told.first[text + 1]] for text in texts]
        weights = self._judge.explain(firing.evidence(), stream, texts)
        for text, activities, rules, mine in zip(texts, every, fired, weights, strict=True):
            read = _read(stream.texts[text], told, text)
            stance = verdicts[text].stance
            verdicts[text] = Verdict(
                ids[text],
                suspect[text] or (False if clear[text] else None),
                activities,
                stance,
                scored[text],
                tuple([self._hits[rule](spans) for rule, spans in zip(rules, read, strict=True)]),
                tuple([self._rewriting(stream, text, c) for c in told.changes.get(text, ())]),
                _decided(stream.texts[text], *told.decided[text]),
                {activity.id: self._versions[activity.id] for activity in activities},
                mine,
            )
        return verdicts

    def _activities(self, about: Floats, unclear: Bools) -> list[tuple[ActivityScore, ...]]:
        """Activities that each text is about; the likeliest ones where it may offend."""
        about = rounded(about)
        order, ranked, counts = _ranked(about, self._judge.about_from, unclear)
        names = self._program.guides
        return [
            tuple([ActivityScore(names[row[i]], scores[i]) for i in range(count)])
            for row, scores, count in zip(
                order.tolist(), ranked.tolist(), counts.tolist(), strict=True
            )
        ]

    def _rewriting(self, stream: Stream, text: int, change: Change) -> Rewriting:
        """A term that reads differently in the original."""
        stands_for = self._program.stands_for[change.pattern]
        piece = writable(stream.texts[text][change.start : change.end])
        became = stands_for or stream.text[change.first : change.last]
        return Rewriting(change.start, change.end, piece, became, _how(change, stands_for))


def stances_of(numbers: Ints) -> list[Stance]:
    """The stances that a judgement names by number."""
    return [STANCES[number] for number in numbers.tolist()]


def rounded(scores: Floats) -> Floats:
    """Scores as verdicts give them."""
    return np.round(scores, DECIMALS)


def _how(change: Change, stands_for: str) -> str:
    """The name of what was undone, see `Rewriting`."""
    if change.how >= UNDONE:
        return How(change.how - UNDONE).name.lower()
    return "symbols" if change.how == UNCOVERED else "variant" if stands_for else "glyphs"


@compiled
def _ranked(about: Floats, least: float, unclear: Bools) -> tuple[Ints, Floats, Ints]:
    """Activities of each text, best first, their scores, and how many of them are named."""
    order, ranked = np.zeros(about.shape, np.int64), np.zeros(about.shape)
    counts = np.zeros(len(about), np.int64)
    for text in range(len(about)):
        for activity in range(about.shape[1]):
            at = activity
            while at and ranked[text, at - 1] < about[text, activity]:
                ranked[text, at], order[text, at] = ranked[text, at - 1], order[text, at - 1]
                at -= 1
            ranked[text, at], order[text, at] = about[text, activity], activity
        enough = least
        if unclear[text] and about.shape[1]:
            enough = min(least, NEXT_BEST * ranked[text, 0])
            counts[text] = 1
        while counts[text] < about.shape[1] and ranked[text, counts[text]] >= max(enough, TINY):
            counts[text] += 1
    return order, ranked, counts


def _hit(rule: Rule) -> Callable[[tuple[Span, ...]], FeatureHit]:
    """What makes a rule's hit of the spans where it fired."""
    feature = rule.feature
    return partial(
        FeatureHit,
        rule.id,
        feature.label.zh,
        feature.why.zh,
        feature.strength,
        rule.guide,
        feature.stance,
    )


def _read(text: str, told: Shown, number: int) -> list[tuple[Span, ...]]:
    """The spans of each rule of a text."""
    low, high = told.place_first[number : number + 2]
    bounds = zip(told.starts[low:high], told.ends[low:high], strict=True)
    if text.isprintable() or not SURROGATE.search(text):
        places = [Span(start, end, text[start:end]) for start, end in bounds]
    else:
        places = [Span(start, end, writable(text[start:end])) for start, end in bounds]
    at = told.span_first[told.first[number] : told.first[number + 1] + 1]
    base = at[0]
    spans = list(map(places.__getitem__, told.spans[base : at[-1]]))
    return [tuple(spans[begin - base : end - base]) for begin, end in pairwise(at)]


def _decided(text: str, start: int, end: int) -> Span | None:
    return Span(start, end, writable(text[start:end])) if start >= 0 else None
