"""The record of what people did: added to, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import context

from lianfang.web.core.models import Event
from lianfang.web.core.signals import recorded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest


STRANGER = "-"
"""Who isn't known."""


def record(
    *, who: str, what: str, object_: str, why: str = "", request: HttpRequest | None = None
) -> int:
    """Add an event; return its number. As `record_all`, of one object."""
    return record_all(who=who, what=what, objects=[object_], why=why, request=request)[0]


def record_all(
    *,
    who: str,
    what: str,
    objects: Iterable[str],
    why: str = "",
    request: HttpRequest | None = None,
) -> list[int]:
    """Add an event of each of the objects to which the same was done; return their numbers.

    Args:
        who: name of the account, or of the program.
        what: as `alert.confirm`: the room's noun and what was done to it. Readings of personal
            values end in `.reveal`; what leaves the house ends in `.export`.
        objects: their numbers, never what they say.
        why: the reason that was given.
        request: where it came from; the one that is being answered where none is told.
    """
    asked = request or context.request
    address = asked.META.get("REMOTE_ADDR") or None if asked else None
    made = Event.objects.bulk_create(
        Event(who=who, what=what, object=one, why=why, address=address) for one in objects
    )
    for event in made:
        recorded.send(sender=Event, number=event.pk, who=who, what=what)
    return [event.pk for event in made]
