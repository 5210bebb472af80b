"""A verdict quotes its text; where the text is shown with bullets, the quotations must be too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from lianfang.indicators.mask import BULLET
from lianfang.model import FeatureHit, Rewriting, Span, Verdict, Weight
from lianfang.text.stream import normalise
from lianfang.text.writable import writable

if TYPE_CHECKING:
    from collections.abc import Iterable


def tells(verdict: Verdict) -> bool:
    """Whether somebody will look at it: it isn't clear, names an activity, or has reasons."""
    return verdict.suspect is not False or bool(verdict.activities or verdict.features)


def quoting(verdict: Verdict, hidden: str) -> Verdict:
    """The verdict with every quotation from the text as it is in the masked one.

    Args:
        verdict: what screening said of the original text.
        hidden: that text as `indicators.hide` made it.
    """
    return replace(
        verdict,
        features=tuple(_feature(hit, hidden) for hit in verdict.features),
        rewritings=tuple(_rewriting(one, hidden) for one in verdict.rewritings),
        decided_by=_span(verdict.decided_by, hidden) if verdict.decided_by else None,
        weights=_weights(
            verdict.weights,
            {hit.id for hit in verdict.features},
            hidden,
            _undone(hidden, verdict.rewritings),
        ),
    )


def _span(span: Span, hidden: str) -> Span:
    return Span(span.start, span.end, writable(hidden[span.start : span.end]))


def _feature(hit: FeatureHit, hidden: str) -> FeatureHit:
    return replace(hit, spans=tuple(_span(span, hidden) for span in hit.spans))


def _rewriting(one: Rewriting, hidden: str) -> Rewriting:
    text = writable(hidden[one.start : one.end])
    return one if text == one.text else replace(one, text=text, became=_bullets(one.became))


def _weights(
    weights: Iterable[Weight], known: set[str], hidden: str, plain: str
) -> tuple[Weight, ...]:
    """A run of characters that isn't seen in the masked text comes from what is hidden."""
    seen = "\n".join(("", normalise(hidden), normalise(plain), ""))
    return tuple(
        weight
        if weight.what in known or weight.what.replace("⏎", "\n") in seen
        else replace(weight, what=_bullets(weight.what))
        for weight in weights
    )


def _undone(hidden: str, rewritings: Iterable[Rewriting]) -> str:
    """The masked text with the disguises undone that stand outside of what is masked."""
    plain = hidden
    for one in sorted(rewritings, key=lambda one: -one.start):
        if hidden[one.start : one.end] == one.text:
            plain = plain[: one.start] + one.became + plain[one.end :]
    return plain


def _bullets(text: str) -> str:
    return "".join(BULLET if char.isalnum() else char for char in text)
