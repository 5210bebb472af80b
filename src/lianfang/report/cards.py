"""One verdict and its text, ready for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from lianfang.indicators.mask import mask
from lianfang.report.excerpt import FOLD_FROM, Excerpt, excerpt
from lianfang.report.indicators import Mention, mentions
from lianfang.report.reasons import Reason, reasons, shortened
from lianfang.report.segments import Range, Segment, segments
from lianfang.report.tally import Kind
from lianfang.report.visible import readable
from lianfang.report.weights import Bars, bars
from lianfang.screening.quoted import quoting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lianfang.model import Rewriting, Span, Stance, Verdict
    from lianfang.report.indicators import Found
    from lianfang.report.reasons import Said

LONGEST_TEXT = 10_000
LONGEST_SENTENCE = 120
MOST_TURNS = 60


class SaidInTurn(NamedTuple):
    """A turn as it is shown: who speaks, what (shortened), its stance, whether it decides."""

    speaker: str
    said: str
    stance: Stance
    decides: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows.

    Attributes:
        id: the verdict's id, as text.
        pieces: the text cut at the edges of what the reasons point at; the layer after the
            last reason is the deciding sentence, then come the runs of characters that weigh.
        excerpt: the telling parts of a long text, None where the text is short.
        beyond: characters of a very long text that the page leaves out.
        decided_by: the deciding sentence; "" where it is the whole text or there is none.
        bars: what the score is made of.
        indicators: numbers, handles and links in the text.
        turns: of a conversation what each speaker says, with its stance and whether it decides.
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
    bars: Bars
    indicators: tuple[Mention, ...]
    turns: tuple[SaidInTurn, ...]

    def reasons_at(self, segment: Segment) -> list[Reason]:
        """The reasons that a piece of the text gave."""
        return [self.reasons[i] for i in segment.layers if i < len(self.reasons)]

    def decides(self, segment: Segment) -> bool:
        """Whether a piece belongs to the deciding sentence."""
        return len(self.reasons) in segment.layers


def card(found: Found, said: Mapping[str, Said], *, masked: bool = True) -> Card:
    """Make the card of a verdict.

    Args:
        found: the verdict, its text, and what stands there.
        said: what to say of a feature, by its id, where it differs from the verdict's words.
        masked: hide personal numbers and handles.
    """
    verdict, text = found.pair
    shown = readable(found.shown)
    quoted = quoting(verdict, found.shown) if masked else verdict
    why = reasons(verdict.features, shown, said)
    made_of = bars(verdict, quoted, text, why)
    decided = _decided(verdict.decided_by, shown)
    ranges = [reason.ranges for reason in why]
    pieces = segments(shown[:LONGEST_TEXT], [*ranges, decided, *made_of.places])
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
        tuple(_rewritings(quoted.rewritings, shown)),
        tuple(why),
        " ".join(shortened(shown[a:b], LONGEST_SENTENCE) for a, b in decided),
        made_of,
        mentions(found),
        tuple(_turns(verdict, shown)),
    )


def _turns(verdict: Verdict, shown: str) -> Iterable[SaidInTurn]:
    decided = (verdict.decided_by.start, verdict.decided_by.end) if verdict.decided_by else None
    for turn in verdict.turns[:MOST_TURNS]:
        said = shortened(shown[turn.start : turn.end], LONGEST_SENTENCE)
        speaker = shown[: turn.start].rpartition("\n")[2]
        yield SaidInTurn(speaker.strip(), said, turn.stance, (turn.start, turn.end) == decided)


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


def _rewritings(all_: Iterable[Rewriting], shown: str) -> Iterable[Rewriting]:
    """Each disguise once, the longest reading of a place alone."""
    seen: set[tuple[str, str]] = set()
    reach = 0
    for one in sorted(all_, key=lambda one: (one.start, -one.end)):
        text = shown[one.start : one.end]
        if one.end > reach and (text, one.became) not in seen:
            seen.add((text, one.became))
            yield replace(one, text=text)
        reach = max(reach, one.end)
