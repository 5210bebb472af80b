"""The record of what people did: added to, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import context

from lianfang.web.core.models import Event
from lianfang.web.core.signals import recorded

if TYPE_CHECKING:
    from django.http import HttpRequest


STRANGER = "-"
"""Who isn't known."""


def record(
    *, who: str, what: str, object_: str, why: str = "", request: HttpRequest | None = None
) -> int:
    """Add an event and return its number.

    Args:
        who: name of the account, or of the program.
        what: as `alert.confirm`: the room's noun and what was done to it. Readings of personal
            values end in `.reveal`; what leaves the house ends in `.export`.
        object_: its number, never what it says.
        why: the reason that was given.
        request: where it came from; the one that is being answered where none is told.
    """
    asked = request or context.request
    address = asked.META.get("REMOTE_ADDR") or None if asked else None
    event = Event.objects.create(who=who, what=what, object=object_, why=why, address=address)
    recorded.send(sender=Event, number=event.pk, who=who, what=what)
    return event.pk
