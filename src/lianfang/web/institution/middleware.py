"""Nothing without an account, and no purpose that isn't one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect

from lianfang.web.database.seeing import seeing
from lianfang.web.institution.adapter import came_from_elsewhere
from lianfang.web.institution.models import User
from lianfang.web.institution.sessions import note_seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

ELSEWHERE = "/accounts/elsewhere/"
OPEN = (
    "/accounts/login/",
    "/accounts/2fa/authenticate/",
    ELSEWHERE,
    "/static/",
    "/language/",
    "/health/",
)
SECOND_FACTOR = "/accounts/2fa/"
PASSWORD = "/accounts/password/change/"  # noqa: S105  a page
ALWAYS = ("/accounts/logout/", "/accounts/reauthenticate/")
API = "/api/"
"""Programs come with a token, which `clients.middleware` asks for; who is signed in isn't asked."""
DOORS = ("/accounts/login/", PASSWORD, *ALWAYS)
"""Of allauth's pages those that this site has; the others answer 404."""


def closed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Send strangers to the door; let the database session see the user's purposes."""

    def answered(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/accounts/") and not _is_door(request.path):
            raise Http404
        if request.path.startswith(API):
            return get_response(request)
        user = request.user
        if not isinstance(user, User):
            is_open = request.path.startswith(OPEN)
            return get_response(request) if is_open else redirect_to_login(request.get_full_path())
        note_seen(request)
        if _has_first_password(request, user):
            return redirect("account_change_password")
        if _lacks_second_factor(request, user):
            return redirect("mfa_index")
        with seeing(user.purposes):
            return get_response(request)

    return answered


def _is_door(path: str) -> bool:
    return path in DOORS or path.startswith((SECOND_FACTOR, ELSEWHERE))


def _has_first_password(request: HttpRequest, user: User) -> bool:
    if not user.must_change_password or request.path.startswith((*OPEN, PASSWORD, *ALWAYS)):
        return False
    return not came_from_elsewhere(request)


def _lacks_second_factor(request: HttpRequest, user: User) -> bool:
    free = (*OPEN, SECOND_FACTOR, *ALWAYS, *((PASSWORD,) if user.must_change_password else ()))
    if not settings.PRODUCTION or request.path.startswith(free):
        return False
    from allauth.mfa.utils import is_mfa_enabled  # noqa: PLC0415  needs the apps to be ready

    return not is_mfa_enabled(user)
