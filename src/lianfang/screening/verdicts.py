"""Verdicts written from a judgement, with every span traced back to the original text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from lianfang.model import ActivityScore, FeatureHit, Rewriting, Span, Verdict
from lianfang.screening.judge import STANCES, WEIGHT
from lianfang.screening.shown import NOTHING, UNCOVERED, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.guides.program import Program, Rule
    from lianfang.model import Stance
    from lianfang.screening.firing import Firing
    from lianfang.screening.judge import Judge, Judgement
    from lianfang.screening.shown import Change, Told

UNREADABLE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""Lone surrogates can't be written as UTF-8; in what we quote they become U+FFFD."""

SURROGATE = re.compile("[\ud800-\udfff]")


class Writer:
    """Writes the verdicts of one program, as a judge has it."""

    def __init__(self, program: Program, judge: Judge) -> None:
        self._program, self._judge = program, judge
        self._clear_below, self._suspect_from = judge.thresholds
        guides = program.library.guides
        self._versions = {name: guides[name].version for name in program.guides}

    def plain(self, ids: Sequence[str | int], judgement: Judgement) -> list[Verdict]:
        """Verdicts of texts that are about no activity: a stance, and nothing to be told."""
        stances = [STANCES[i] for i in judgement.stance.tolist()]
        return [
            Verdict(name, False, (), stance, 0.0, (), (), None, {})
            for name, stance in zip(ids, stances, strict=True)
        ]

    def write(
        self, ids: Sequence[str | int], firing: Firing, judgement: Judgement
    ) -> list[Verdict]:
        """One verdict a text, in order."""
        verdicts = self.plain(ids, judgement)
        told = dict(shown(firing))
        scores = judgement.score.tolist()
        best = judgement.about.max(axis=1, initial=0.0)
        telling = (best >= self._judge.about_from) | (judgement.score >= self._clear_below)
        for text in np.flatnonzero(telling).tolist():
            score = round(scores[text], 4)
            stance = verdicts[text].stance
            suspect = self._suspect(score)
            activities = self._activities(judgement.about[text].tolist(), suspect)
            teller = _Teller(self._program, firing, text, told.get(text, NOTHING))
            verdicts[text] = Verdict(
                ids[text],
                suspect,
                activities,
                stance,
                score,
                teller.features(),
                teller.rewritings(),
                teller.decided_by(stance),
                {activity.id: self._versions[activity.id] for activity in activities},
                self._judge.explain(firing.stream, text, teller.rules()),
            )
        return verdicts

    def _suspect(self, score: float) -> bool | None:
        if score >= self._suspect_from:
            return True
        return False if score < self._clear_below else None

    def _activities(
        self,
        about: list[float],
        suspect: bool | None,  # noqa: FBT001
    ) -> tuple[ActivityScore, ...]:
        """Activities that the text is about; the likeliest of all where it may offend."""
        named = [
            ActivityScore(name, round(score, 4))
            for name, score in zip(self._program.guides, about, strict=True)
        ]
        named.sort(key=lambda activity: -activity.score)
        sure = tuple(activity for activity in named if activity.score >= self._judge.about_from)
        return sure if sure or suspect is False else tuple(named[:1])


class _Teller:
    """Tells of one text what fired and where."""

    def __init__(self, program: Program, firing: Firing, text: int, told: Told) -> None:
        self._program, self._firing, self._text, self._told = program, firing, text, told
        self._original = firing.stream.texts[text]
        self._broken = SURROGATE.search(self._original) is not None

    def rules(self) -> list[tuple[int, str]]:
        """Numbers and ids of the rules that fired."""
        return [(number, self._program.rules[number].id) for number in self._told.rules]

    def features(self) -> tuple[FeatureHit, ...]:
        rules = self._program.rules
        return tuple(
            self._feature(rules[number], spans)
            for number, spans in zip(self._told.rules, self._told.spans, strict=True)
        )

    def _feature(self, rule: Rule, spans: list[tuple[int, int]]) -> FeatureHit:
        feature = rule.feature
        return FeatureHit(
            rule.id,
            feature.label.zh,
            feature.why,
            feature.strength,
            rule.guide,
            feature.stance,
            tuple([self._span(start, end) for start, end in spans]),
        )

    def rewritings(self) -> tuple[Rewriting, ...]:
        """Every term that reads differently in the original, in order."""
        return tuple(map(self._rewriting, self._told.changes))

    def _rewriting(self, change: Change) -> Rewriting:
        stands_for = self._program.stands_for[change.pattern]
        span = self._span(change.start, change.end)
        how = "symbols" if change.how == UNCOVERED else "variant" if stands_for else "glyphs"
        became = stands_for or self._firing.stream.text[change.first : change.last]
        return Rewriting(span.start, span.end, span.text, became, how)

    def decided_by(self, stance: Stance) -> Span | None:
        """The sentence (in a text of several lines: the line) whose features weigh most."""
        weights: dict[int, float] = {}
        unit_of, first = self._told.unit, self._told.first
        for row, number in enumerate(self._told.rules):
            feature = self._program.rules[number].feature
            if feature.stance is stance:
                for unit in set(unit_of[first[row] : first[row + 1]]):
                    weights[unit] = weights.get(unit, 0.0) + WEIGHT[feature.strength]
        if not weights:
            return None
        return self._unit_span(max(weights, key=lambda unit: (weights[unit], -unit)))

    def _unit_span(self, unit: int) -> Span:
        stream, units = self._firing.stream, self._firing.units
        first, last = stream.starts[self._text : self._text + 2]
        one_line = units.ends["turn"][units.of("turn", first)] == last - 1
        start, end = units.span("sentence" if one_line else "turn", unit)
        end = min(end, int(last) - 1)
        return self._span(*stream.original_span(self._text, start, max(end, start + 1)))

    def _span(self, start: int, end: int) -> Span:
        text = self._original[start:end]
        return Span(start, end, text.translate(UNREADABLE) if self._broken else text)
