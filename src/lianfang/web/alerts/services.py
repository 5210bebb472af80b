"""Alerts are raised of items; what people do with them stands in `triage`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from psycopg import sql

from lianfang.model import Stance
from lianfang.web.alerts.models import Alert, Occurrence, Queue
from lianfang.web.alerts.signals import alerts_raised
from lianfang.web.alerts.triage import decide, undo
from lianfang.web.clients.services import announce
from lianfang.web.database.rows import add_rows, ask, packed
from lianfang.web.intake.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["decide", "queue_of", "raise_alerts", "undo"]

_RAISE = sql.SQL("""
INSERT INTO alerts_alert (purpose, queue, item_id, fold, source_id, kind, platform, count, activity,
                          stance, score, sure, state, reason, made_at)
SELECT purpose, queue, item_id, fold, source_id, kind, platform, count, activity,
       stance, score, sure, 'open', '', now()
FROM unnest(%b::int[], %b::text[], %b::text[], %b::bigint[], %b::bytea[], %b::bigint[], %b::text[],
            %b::text[], %b::text[], %b::text[], %b::float8[], %b::bool[])
  AS new (count, purpose, queue, item_id, fold, source_id, kind, platform, activity, stance, score,
          sure)
ON CONFLICT (purpose, queue, fold) DO UPDATE SET count = alerts_alert.count + excluded.count
RETURNING id, purpose, queue, fold, xmax = 0
""")

_READ = sql.SQL("""
SELECT i.id, i.purpose, fold, source_id, kind, platform, suspect, stance, score,
       coalesce(verdict #>> '{activities,0,id}', '')
FROM intake_item i JOIN intake_source s ON s.id = source_id
WHERE i.id = ANY (%b::bigint[]) AND (suspect IS NOT FALSE OR stance = ANY (%b::text[]))
ORDER BY i.id
""")

_ASKING = (Stance.REPORT, Stance.SEEK)
"""Who takes this stance may have been harmed, or be tempted."""

_Said = tuple[str, str, bytes]
"""Purpose, queue and fold: what items have in common that share an alert."""


class _Read(NamedTuple):
    """What is asked of an item to know whether somebody must look at it."""

    item: int
    purpose: str
    fold: bytes
    source: int
    kind: str
    platform: str
    suspect: bool | None
    stance: str
    score: float
    activity: str


class _Raised(NamedTuple):
    """What the alert of an item says."""

    purpose: str
    queue: str
    item: int
    fold: bytes
    source: int
    kind: str
    platform: str
    activity: str
    stance: str
    score: float
    sure: bool


_TYPES = (
    "text", "text", "bigint", "bytea", "bigint", "text", "text", "text", "text",
    "double precision", "boolean",
)  # fmt: skip
"""Of the fields of `_Raised`."""


def queue_of(*, kind: str, suspect: bool | None, stance: str, activities: int) -> Queue | None:
    """Where an item goes, if anybody need look at it.

    A complaint goes to nobody here, nor is a letter acted upon: their words alone raise no
    suspicion. A report or a question that names an activity may come from somebody who was harmed
    or is tempted.
    """
    if stance == Stance.COMPLAIN:
        return None
    if suspect is not False and kind != Kind.LETTER:
        return Queue.ACT
    return Queue.PROTECT if stance in _ASKING and activities else None


def raise_alerts(*, items: Iterable[int]) -> None:
    """Raise an alert of each item that a person must look at; those that say the same share one."""
    asked = packed("bigint", list(items)), packed("text", [one.value for one in _ASKING])
    found = ask(_READ, asked)
    alike: dict[_Said, list[_Raised]] = {}
    for one in filter(None, (_raised(_Read(*row)) for row in found)):
        alike.setdefault((one.purpose, one.queue, one.fold), []).append(one)
    # In the order of all who raise: two that raise the same don't wait in a circle.
    alerts, new = _alerts([alike[said] for said in sorted(alike)])
    told = [(said, one) for said, group in alike.items() for one in group]
    rows: dict[str, list[Any]] = {
        "purpose": [one.purpose for _, one in told],
        "item_id": [one.item for _, one in told],
        "alert_id": [alerts[said] for said, _ in told],
    }
    add_rows(Occurrence, rows)
    if new:
        alerts_raised.send(sender=Alert, alerts=new)


def _alerts(groups: Sequence[Sequence[_Raised]]) -> tuple[dict[_Said, int], list[int]]:
    """The alert of each group of items that say the same, and which are new: of the first item."""
    if not groups:
        return {}, []
    firsts = zip(*(group[0] for group in groups), strict=True)
    told: dict[_Said, int] = {}
    raised: dict[str, list[int]] = {}
    counted = packed("integer", [len(group) for group in groups])
    arrays = (packed(*one) for one in zip(_TYPES, firsts, strict=True))
    for number, purpose, queue, fold, new in ask(_RAISE, [counted, *arrays]):
        told[purpose, queue, bytes(fold)] = number
        if new:
            raised.setdefault(purpose, []).append(number)
    for purpose, numbers in raised.items():
        announce(event="alert.raised", purpose=purpose, numbers=numbers)
    return told, [number for numbers in raised.values() for number in numbers]


def _raised(one: _Read) -> _Raised | None:
    named = int(bool(one.activity))
    queue = queue_of(kind=one.kind, suspect=one.suspect, stance=one.stance, activities=named)
    if not queue:
        return None
    sure = queue is Queue.PROTECT or one.suspect is True
    return _Raised(
        purpose=one.purpose,
        queue=queue.value,
        item=one.item,
        fold=bytes(one.fold),
        source=one.source,
        kind=one.kind,
        platform=one.platform,
        activity=one.activity,
        stance=one.stance,
        score=one.score,
        sure=sure,
    )
