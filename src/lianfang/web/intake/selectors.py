"""What the pages of intake show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from django.db.models import Model

from lianfang.web.intake.models import Delivery

if TYPE_CHECKING:
    from django.db.models import QuerySet

Kept = TypeVar("Kept", bound=Model)
PAGE = 50
MOST = 2**63 - 1


class Page(NamedTuple, Generic[Kept]):
    """Some rows, what comes after which they stand, and whereafter the next ones do ("": none)."""

    rows: list[Kept]
    start: str
    next: str


def after(rows: QuerySet[Kept], field: str, start: str) -> Page[Kept]:
    """The rows of a page that begins after a place; however far on, it costs the same.

    Args:
        rows: all of them.
        field: a number that orders them.
        start: the number that the page before ended with; the first page for anything else.
    """
    begin = (
        int(start) if start.isascii() and start.isdecimal() and len(start) < len(str(MOST)) else 0
    )
    found = list(rows.filter(**{f"{field}__gt": begin}).order_by(field)[: PAGE + 1])
    more = str(getattr(found[PAGE - 1], field)) if len(found) > PAGE else ""
    return Page(found[:PAGE], start if begin else "", more)


def chain(delivery: Delivery) -> list[Delivery]:
    """Files of mended rows that were sent for this delivery, in the order of their coming."""
    made = Delivery.objects.filter(repairs=delivery).select_related("original")
    return list(made.order_by("id"))
