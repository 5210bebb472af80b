"""Verdicts written from a judgement, with every span traced back to the original text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.model import ActivityScore, FeatureHit, Rewriting, Span, Stance, Verdict
from lianfang.screening.judge import ABOUT_THRESHOLD, STANCES, WEIGHT, Judgement
from lianfang.screening.reading import NO_PATTERN, Hit, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.guides.program import Program, Rule
    from lianfang.screening.firing import Firing
    from lianfang.text.stream import Stream

MOST_SPANS = 12
"""Spans shown for one feature; more would hide the text that they explain."""

UNREADABLE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""Lone surrogates can't be written as UTF-8; in what we quote they become U+FFFD."""

SURROGATE = re.compile("[\ud800-\udfff]")
Fired = dict[int, list[Hit]]


class Writer:
    """Writes the verdicts of one program.

    Args:
        thresholds: a score below the first is clear, from the second on suspect.
    """

    def __init__(self, program: Program, thresholds: tuple[float, float]) -> None:
        self._program = program
        self._clear_below, self._suspect_from = thresholds
        guides = program.library.guides
        self._versions = {name: guides[name].version for name in program.guides}

    def write(
        self, ids: Sequence[str | int], firing: Firing, judgement: Judgement
    ) -> list[Verdict]:
        """One verdict a text, in order.

        A text that is about no activity gets a stance and no features: nothing in it bears
        on the score, which is 0.
        """
        stances = [STANCES[i] for i in judgement.stance.tolist()]
        verdicts = [
            Verdict(name, False, (), stance, 0.0, (), (), None, {})
            for name, stance in zip(ids, stances, strict=True)
        ]
        for text, fired in firing.places.items():
            score = round(float(judgement.score[text]), 4)
            about = judgement.about[text].tolist()
            verdicts[text] = self._verdict(
                verdicts[text], score, about, _Teller(self._program, firing.reading(text), fired)
            )
        return verdicts

    def _verdict(
        self, plain: Verdict, score: float, about: list[float], teller: _Teller
    ) -> Verdict:
        activities = self._activities(about)
        return Verdict(
            plain.id,
            self._suspect(score),
            activities,
            plain.stance,
            score,
            teller.features(),
            teller.rewritings(),
            teller.decided_by(plain.stance),
            {activity.id: self._versions[activity.id] for activity in activities},
        )

    def _suspect(self, score: float) -> bool | None:
        if score >= self._suspect_from:
            return True
        return False if score < self._clear_below else None

    def _activities(self, about: list[float]) -> tuple[ActivityScore, ...]:
        named = [
            ActivityScore(name, round(score, 4))
            for name, score in zip(self._program.guides, about, strict=True)
            if score >= ABOUT_THRESHOLD
        ]
        return tuple(sorted(named, key=lambda activity: -activity.score))


class _Teller:
    """Tells of one text what fired and where."""

    def __init__(self, program: Program, reading: Reading, fired: Fired) -> None:
        self._program, self._reading, self._fired = program, reading, fired
        self._stream: Stream = reading.finds.stream
        self._base = int(self._stream.raw_starts[reading.text])
        self._original = self._stream.texts[reading.text]
        self._broken = SURROGATE.search(self._original) is not None

    def features(self) -> tuple[FeatureHit, ...]:
        return tuple(
            self._feature(self._program.rules[number], hits)
            for number, hits in sorted(self._fired.items())
        )

    def _feature(self, rule: Rule, hits: list[Hit]) -> FeatureHit:
        feature = rule.feature
        places = _outermost([(start, end) for start, end, _ in hits])[:MOST_SPANS]
        shown = tuple(self._span(*self._bounds(*place)) for place in places)
        return FeatureHit(
            rule.id,
            feature.label.zh,
            feature.why,
            feature.strength,
            rule.guide,
            feature.stance,
            shown,
        )

    def rewritings(self) -> tuple[Rewriting, ...]:
        """Every term that reads differently in the original, in order."""
        terms = {
            (start, end): pattern
            for hits in self._fired.values()
            for start, end, pattern in hits
            if pattern != NO_PATTERN
        }
        outer = _outermost(list(terms))
        told = (self._rewriting(start, end, terms[start, end]) for start, end in outer)
        return tuple(rewriting for rewriting in told if rewriting)

    def _rewriting(self, start: int, end: int, pattern: int) -> Rewriting | None:
        stream = self._stream
        stands_for = self._program.stands_for[pattern]
        inside = stream.gap[start + 1 : end].any()
        span = self._span(*self._bounds(start, end))
        read = stream.text[start:end]
        if not (stands_for or inside) and span.text.lower() == read:
            return None
        how = "symbols" if inside else "variant" if stands_for else "glyphs"
        return Rewriting(span.start, span.end, span.text, stands_for or read, how)

    def decided_by(self, stance: Stance) -> Span | None:
        """The sentence (in a text of several lines: the line) whose features weigh most."""
        kind = "turn" if "\n" in self._original else "sentence"
        weights: dict[int, float] = {}
        for number, hits in self._fired.items():
            feature = self._program.rules[number].feature
            if feature.stance is stance:
                for unit in {self._reading.unit(kind, start) for start, _, _ in hits}:
                    weights[unit] = weights.get(unit, 0.0) + WEIGHT[feature.strength]
        if not weights:
            return None
        best = max(weights, key=lambda unit: (weights[unit], -unit))
        start, end = self._reading.unit_span(kind, best)
        last = min(end, self._reading.end - 1)
        return self._span(*self._bounds(start, max(last, start + 1)))

    def _bounds(self, start: int, end: int) -> tuple[int, int]:
        origin = self._stream.origin
        return int(origin[start]) - self._base, int(origin[end - 1]) + 1 - self._base

    def _span(self, start: int, end: int) -> Span:
        text = self._original[start:end]
        return Span(start, end, text.translate(UNREADABLE) if self._broken else text)


def _outermost(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that lie in no other, in order."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept
