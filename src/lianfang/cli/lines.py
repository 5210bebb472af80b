"""What a JSON line says: a verdict, and the indicators of a text that somebody will look at.

Personal numbers and handles are masked in whatever is quoted, unless they are to be revealed.
The id is the caller's own and stays.
"""

from __future__ import annotations

from msgspec.structs import asdict, replace

from lianfang.indicators import find_indicators, hide, masked_in
from lianfang.indicators.mask import BULLET
from lianfang.model import FeatureHit, Indicator, Rewriting, Span, Verdict, Weight
from lianfang.screening.verdicts import writable
from lianfang.text.stream import normalise


class Line(Verdict, frozen=True, gc=False):
    """A verdict with what stands in its text."""

    indicators: tuple[Indicator, ...] = ()


def line(verdict: Verdict, text: str, *, reveal: bool) -> Verdict:
    """What is written of a verdict.

    A verdict that names no activity, is clear and has no reasons is written as it is.

    Args:
        verdict: what screening said of the text.
        text: the original text.
        reveal: mask nothing.
    """
    if verdict.suspect is False and not (verdict.activities or verdict.features):
        return verdict
    found = find_indicators(text)
    if not reveal:
        hidden = hide(text, found)
        found = [masked_in(hidden, one) for one in found]
        verdict = _quoting(verdict, hidden)
    return Line(**asdict(verdict), indicators=tuple(_writable(one) for one in found))


def _quoting(verdict: Verdict, hidden: str) -> Verdict:
    """The verdict with every quotation from the text as it is in the masked one."""
    known = {hit.id for hit in verdict.features}
    plain = hidden
    for one in sorted(verdict.rewritings, key=lambda one: -one.start):
        if hidden[one.start : one.end] == one.text:
            plain = plain[: one.start] + one.became + plain[one.end :]
    seen = "\n".join(("", normalise(hidden), normalise(plain), ""))
    return replace(
        verdict,
        features=tuple(_feature(hit, hidden) for hit in verdict.features),
        rewritings=tuple(_rewriting(one, hidden) for one in verdict.rewritings),
        decided_by=_span(verdict.decided_by, hidden) if verdict.decided_by else None,
        weights=tuple(w if w.what in known else _run(w, seen) for w in verdict.weights),
    )


def _span(span: Span, hidden: str) -> Span:
    return Span(span.start, span.end, writable(hidden[span.start : span.end]))


def _feature(hit: FeatureHit, hidden: str) -> FeatureHit:
    return replace(hit, spans=tuple(_span(span, hidden) for span in hit.spans))


def _rewriting(one: Rewriting, hidden: str) -> Rewriting:
    text = writable(hidden[one.start : one.end])
    return one if text == one.text else replace(one, text=text, became=_bullets(one.became))


def _run(weight: Weight, seen: str) -> Weight:
    """A run of characters that isn't seen in the masked text comes from what is hidden."""
    return (
        weight
        if weight.what.replace("⏎", "\n") in seen
        else replace(weight, what=_bullets(weight.what))
    )


def _bullets(text: str) -> str:
    return "".join(BULLET if char.isalnum() else char for char in text)


def _writable(indicator: Indicator) -> Indicator:
    return replace(indicator, value=writable(indicator.value))
