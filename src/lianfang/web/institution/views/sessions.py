"""Where oneself is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lianfang.web.core.audit import record
from lianfang.web.core.words import say
from lianfang.web.institution.rights import needs
from lianfang.web.institution.sessions import device, end_sessions, sessions_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from lianfang.web.institution.models import User


@needs("home")
def sessions(request: HttpRequest) -> HttpResponse:
    """One's sessions: device, address, when last, and which is this one."""
    rows = [
        (one, device(one.user_agent), one.session_key == request.session.session_key)
        for one in sessions_of(cast("User", request.user))
    ]
    return render(request, "institution/sessions.html", {"rows": rows})


@needs("home")
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    return _ended(request, None)


@needs("home")
@require_POST
def end_one(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign out one other session."""
    return _ended(request, session_id)


def _ended(request: HttpRequest, number: int | None) -> HttpResponse:
    user = cast("User", request.user)
    key = request.session.session_key or ""
    ended = end_sessions(user, number=number, but=key)
    if number is not None and not ended:
        raise Http404
    record(who=user.username, what="account.end-sessions", object_=str(user.pk), why=str(ended))
    messages.success(request, say("sessions_ended", n=ended))
    return redirect("sessions")
