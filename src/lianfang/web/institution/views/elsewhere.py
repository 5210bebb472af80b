"""The way to another place where people sign in, and back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import requests
from allauth.account.adapter import get_adapter as get_door
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lianfang.web import sign_on
from lianfang.web.institution.sign_on import NONCE, Issuer, refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PROVIDER = {"provider_id": sign_on.PROVIDER}
_FAULTS = (requests.RequestException, KeyError, TypeError, ValueError)
"""Of an issuer that can't be reached or says what nobody understands."""


@require_POST
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody there.

    By a page that goes on by itself: a form may not lead to another site (Content-Security-Policy),
    not even by a redirect.
    """
    _there_is_one()
    if request.user.is_authenticated:
        return redirect("home")
    request.session[NONCE] = nonce = secrets.token_urlsafe()
    try:
        away = get_adapter().get_provider(request, provider_id).redirect(
            request, AuthProcess.LOGIN, next_url=_next(request), auth_params={"nonce": nonce}
        )  # fmt: skip
    except _FAULTS:
        return refused(request, "elsewhere_failed", "no answer to understand")
    page = render(request, "account/leaving.html", {"to": away.headers["Location"]})
    page.headers["Refresh"] = f"0; url={away.headers['Location']}"
    return page


@require_GET
def back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take somebody who comes from there in, if it is proven who it is."""
    _there_is_one()
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(Issuer(request, provider_id))(
            request
        )
    except _FAULTS:
        return refused(request, "elsewhere_failed", "no answer to understand")
    return answer


def _there_is_one() -> None:
    if settings.SIGN_ON is None:
        raise Http404


def _next(request: HttpRequest) -> str | None:
    asked = request.POST.get("next", "")
    return asked if asked and get_door(request).is_safe_url(asked) else None
