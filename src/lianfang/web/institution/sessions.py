"""Where somebody is signed in; a session that is ended is gone from the next request on."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef
from django.utils import timezone

if TYPE_CHECKING:
    from django.http import HttpRequest

    from lianfang.web.institution.models import User

SEEN_SECONDS = 60
"""Between two notes of when a session was used last: one a request would be a write each."""

_MOST_NOTED = 10_000
_noted: dict[str, float] = {}

SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")
PROGRAMS = ("Edg", "MicroMessenger", "Firefox", "Chrome", "Safari", "curl", "python")


def sessions_of(user: User) -> list[UserSession]:
    """Sessions that still are, the one used last first."""
    known = UserSession.objects.filter(user_id=user.pk)
    going_on = Session.objects.filter(
        session_key=OuterRef("session_key"), expire_date__gt=timezone.now()
    )
    known.exclude(Exists(going_on)).delete()
    return list(known.order_by("-last_seen_at"))


def end_sessions(user: User, *, number: int | None = None, but: str = "") -> int:
    """End all sessions of somebody, or the one with a number; return how many ended.

    Args:
        user: whose.
        number: of the session, where only one is meant.
        but: key of one that goes on.
    """
    found = UserSession.objects.filter(user_id=user.pk).exclude(session_key=but)
    ended = [*(found if number is None else found.filter(pk=number))]
    for session in ended:
        session.end()
    return len(ended)


def note_seen(request: HttpRequest) -> None:
    """Remember when and from where the session was used last, once a minute and process."""
    key, now = request.session.session_key, time.monotonic()
    if not key or now - _noted.get(key, -SEEN_SECONDS) < SEEN_SECONDS:
        return
    if len(_noted) >= _MOST_NOTED:
        _noted.clear()
    _noted[key] = now
    UserSession.objects.filter(
        session_key=key, last_seen_at__lt=timezone.now() - timedelta(seconds=SEEN_SECONDS)
    ).update(last_seen_at=timezone.now(), ip=request.META["REMOTE_ADDR"])


def device(agent: str) -> str:
    """What somebody used, in two words, from what the browser said of itself."""
    program = next((one for one in PROGRAMS if one in agent), "")
    system = next((one for one in SYSTEMS if one in agent), "")
    named = program.replace("Edg", "Edge").replace("MicroMessenger", "WeChat")
    return " · ".join(filter(None, (named, system))) or agent[:40]
