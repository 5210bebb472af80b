"""One verdict and its text, ready for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.indicators.mask import mask
from lianfang.model import Rewriting, Span, Stance, Verdict
from lianfang.report.excerpt import FOLD_FROM, Excerpt, excerpt
from lianfang.report.reasons import Reason, reasons, shortened
from lianfang.report.segments import Range, Segment, segments
from lianfang.report.tally import Kind
from lianfang.report.visible import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LONGEST_TEXT = 10_000
LONGEST_SENTENCE = 120


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows.

    Attributes:
        id: the verdict's id, as text.
        pieces: the text cut at the edges of what the reasons point at; the layer after the
            last reason is the deciding sentence.
        excerpt: the telling parts of a long text, None where the text is short.
        beyond: characters of a very long text that the page leaves out.
        decided_by: the deciding sentence; "" where it is the whole text or there is none.
    """

    id: str
    kind: Kind
    stance: Stance
    score: float
    activities: tuple[tuple[str, float], ...]
    length: int
    pieces: tuple[Segment, ...]
    excerpt: Excerpt | None
    beyond: int
    rewritings: tuple[Rewriting, ...]
    reasons: tuple[Reason, ...]
    decided_by: str

    def reasons_at(self, segment: Segment) -> list[Reason]:
        """The reasons that a piece of the text gave."""
        return [self.reasons[i] for i in segment.layers if i < len(self.reasons)]

    def decides(self, segment: Segment) -> bool:
        """Whether a piece belongs to the deciding sentence."""
        return len(self.reasons) in segment.layers


def card(verdict: Verdict, text: str, labels: Mapping[str, str], *, masked: bool = True) -> Card:
    """Make the card of a verdict.

    Args:
        verdict: what screening said of the text.
        text: the original text.
        labels: names to show by feature id, where they differ from the verdict's.
        masked: hide phone, card and identity numbers.
    """
    shown = readable(mask(text) if masked else text)
    why = reasons(verdict.features, shown, labels)
    decided = _decided(verdict.decided_by, shown)
    ranges = [reason.ranges for reason in why]
    pieces = segments(shown[:LONGEST_TEXT], [*ranges, decided])
    return Card(
        mask(str(verdict.id)) if masked else str(verdict.id),
        Kind.of(verdict),
        verdict.stance,
        verdict.score,
        tuple((activity.id, activity.score) for activity in verdict.activities),
        len(shown),
        tuple(pieces),
        _excerpt(pieces, [*decided, *(span for spans in ranges for span in spans)], shown),
        max(len(shown) - LONGEST_TEXT, 0),
        tuple(_rewritings(verdict.rewritings, shown, masked=masked)),
        tuple(why),
        " ".join(shortened(shown[a:b], LONGEST_SENTENCE) for a, b in decided),
    )


def _excerpt(pieces: Sequence[Segment], ranges: Iterable[Range], shown: str) -> Excerpt | None:
    if len(shown) <= FOLD_FROM:
        return None
    reach = min(len(shown), LONGEST_TEXT)
    return excerpt(pieces, [(a, b) for a, b in ranges if a < reach], reach)


def _decided(span: Span | None, shown: str) -> list[Range]:
    """The deciding sentence; none where it is all there is, for that tells nothing."""
    if not span or shown[span.start : span.end].strip() == shown.strip():
        return []
    return [(span.start, span.end)]


def _rewritings(all_: Iterable[Rewriting], shown: str, *, masked: bool) -> Iterable[Rewriting]:
    """Each disguise once, the longest reading of a place alone."""
    seen: set[tuple[str, str]] = set()
    reach = 0
    for one in sorted(all_, key=lambda one: (one.start, -one.end)):
        text, became = shown[one.start : one.end], mask(one.became) if masked else one.became
        if one.end > reach and (text, became) not in seen:
            seen.add((text, became))
            yield Rewriting(one.start, one.end, text, became, one.how)
        reach = max(reach, one.end)
