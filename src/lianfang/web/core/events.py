"""The record, searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Q

from lianfang.web.core.models import Event

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

PAGE = 100
_KINDS = """
WITH RECURSIVE kinds AS (
    (SELECT what FROM core_event ORDER BY what LIMIT 1)
    UNION ALL
    SELECT (SELECT e.what FROM core_event e WHERE e.what > kinds.what ORDER BY e.what LIMIT 1)
    FROM kinds WHERE kinds.what IS NOT NULL
)
SELECT what FROM kinds WHERE what IS NOT NULL
"""


class Asked(NamedTuple):
    """What is looked for; "" and None ask for all.

    Attributes:
        who, object_: exactly.
        what: one kind of event, or all of a noun where it ends in a dot (`value.`).
        since, until: the first moment, and the first after the last.
        address: of whoever did it.
    """

    who: str = ""
    what: str = ""
    object_: str = ""
    since: datetime | None = None
    until: datetime | None = None
    address: str = ""


class Place(NamedTuple):
    """A row of the record, after which a page begins."""

    at: datetime
    number: int


def events(asked: Asked, after: Place | None = None) -> QuerySet[Event]:
    """Events that fit, the latest first."""
    exactly = {"who": asked.who, "object": asked.object_, "address": asked.address}
    found = Event.objects.filter(**{name: value for name, value in exactly.items() if value})
    if asked.what:
        found = found.filter(what__in=_of_noun(asked.what))
    if asked.since:
        found = found.filter(at__gte=asked.since)
    if asked.until:
        found = found.filter(at__lt=asked.until)
    if after:
        # The first part alone can be looked up in an index.
        found = found.filter(at__lte=after.at).filter(Q(at__lt=after.at) | Q(pk__lt=after.number))
    return found


def kinds() -> list[str]:
    """Every kind of event that is on record, found without reading the record through."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS)
        return [what for (what,) in cursor.fetchall()]


def _of_noun(what: str) -> list[str]:
    return [one for one in kinds() if one.startswith(what)] if what.endswith(".") else [what]
