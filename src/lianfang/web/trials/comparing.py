"""Two verdicts of one text: as the guides are here now, and with a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from lianfang.web.alerts.models import Queue
from lianfang.web.alerts.services import queue_of
from lianfang.web.guidance.screening import LocalScreener
from lianfang.web.guidance.selectors import current, last
from lianfang.web.intake.items import suspicion
from lianfang.web.trials.models import Change, Kind
from lianfang.web.trials.standins import stood_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lianfang.model import Verdict
    from lianfang.privacy.tokens import Tokenised
    from lianfang.web.intake.models import Item
    from lianfang.web.trials.models import Run


class Compared(NamedTuple):
    """What a draft does to some texts.

    Attributes:
        fired_before, fired_after: texts in which the feature fired.
    """

    changes: list[Change]
    fired_before: int
    fired_after: int


class Comparison:
    """Screens texts twice, on the same input, with the settings of the time of the run."""

    def __init__(self, run: Run) -> None:
        settings = current(last(run.made_at), run.made_at)
        self._run, self._feature = run, run.draft.feature
        self._now = LocalScreener(settings)
        self._then = LocalScreener(settings, {self._feature: run.draft.text})

    def of(self, items: Sequence[Item]) -> Compared:
        """Compare some items, their sources at hand."""
        said = [stood_in(item.text) for item in items]
        rows = [(place, text) for place, (text, _) in enumerate(said)]
        before, after = self._now.screen_rows(rows), self._then.screen_rows(rows)
        changes: list[Change] = []
        fired = [0, 0]
        for item, (_, places), *verdicts in zip(items, said, before, after, strict=True):
            old, new = (self._told(item, verdict, places) for verdict in verdicts)
            fired[0] += bool(old["spans"])
            fired[1] += bool(new["spans"])
            changes += self._change(item, old, new)
        return Compared(changes, *fired)

    def _change(self, item: Item, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
        kind = kind_of(old, new)
        if kind:
            yield Change(
                run=self._run,
                purpose=item.purpose,
                item=item,
                kind=kind,
                lost=old["queue"] == Queue.ACT and new["queue"] != Queue.ACT,
                before=old,
                after=new,
            )

    def _told(self, item: Item, verdict: Verdict, places: Tokenised) -> dict[str, Any]:
        kind = item.source.kind
        suspect = suspicion(kind, verdict)
        spans = [
            places.span(span.start, span.end)
            for hit in verdict.features
            if hit.id == self._feature
            for span in hit.spans
        ]
        queue = queue_of(
            kind=kind,
            suspect=suspect,
            stance=verdict.stance,
            activities=len(verdict.activities),
        )
        return {
            "suspect": suspect,
            "stance": verdict.stance.value,
            "activity": verdict.activities[0].id if verdict.activities else "",
            "score": verdict.score,
            "queue": queue.value if queue else "",
            "spans": spans,
        }


def kind_of(old: dict[str, Any], new: dict[str, Any]) -> Kind | None:
    """What changes; nothing where only the score does."""
    was, will = old["suspect"], new["suspect"]
    if was is not will:
        if will is True or was is True:
            return Kind.SUSPECT if will else Kind.CLEARED
        return Kind.DROPPED if will is False else Kind.RAISED
    if old["stance"] != new["stance"]:
        return Kind.STANCE
    return Kind.ACTIVITY if old["activity"] != new["activity"] else None
