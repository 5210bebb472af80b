"""The record of what people did: added to, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.web.core.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest


STRANGER = "-"
"""Who isn't known."""


def record(
    *, who: str, what: str, object_: str, why: str = "", request: HttpRequest | None = None
) -> None:
    """Add an event.

    Args:
        who: name of the account, or of the program.
        what: as `alert.confirm`: the room's noun and what was done to it.
        object_: its number, never what it says.
        why: the reason that was given.
        request: where it came from.
    """
    record_all(who=who, what=what, objects=[object_], why=why, request=request)


def record_all(
    *,
    who: str,
    what: str,
    objects: Iterable[str],
    why: str = "",
    request: HttpRequest | None = None,
) -> None:
    """Add an event of each of several objects to which the same was done at once."""
    address = request.META.get("REMOTE_ADDR") or None if request else None
    Event.objects.bulk_create(
        Event(who=who, what=what, object=one, why=why, address=address) for one in objects
    )
