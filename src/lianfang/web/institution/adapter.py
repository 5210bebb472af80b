"""Accounts are made by the administrator: nobody signs up, and who is inactive is a stranger."""

from __future__ import annotations

import time
from math import inf
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from lianfang.evidence.sealing import seal_value, unseal_value
from lianfang.web.core.audit import STRANGER, record

if TYPE_CHECKING:
    from django.http import HttpRequest

    from lianfang.web.institution.models import User

CONTEXT = b"second factor"


FRESH_SECONDS = 300.0


def came_from_elsewhere(request: HttpRequest, *, within: float = inf) -> bool:
    """Whether this session began with a sign-on elsewhere, not longer ago than `within` seconds.

    Who comes that way may never have been told a password.
    """
    steps = get_authentication_records(request, request.user)
    since = time.time() - within
    return any(step["method"] == "socialaccount" and step["at"] > since for step in steps)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The door."""

    def is_open_for_signup(self, _: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, _: HttpRequest) -> str:
        return reverse("home")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:  # noqa: ANN401
        request = context.request
        is_first = not is_mfa_enabled(request.user)
        if is_first and came_from_elsewhere(request, within=FRESH_SECONDS):
            return False
        return bool(super().is_reauthentication_required(app=app, **more))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            record(who=STRANGER, what="account.locked", object_=STRANGER, request=request)
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:  # noqa: ANN401
        user: User | None = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are sealed where they are kept."""

    def encrypt(self, text: str) -> str:
        return seal_value(text.encode(), keys=settings.DEPLOYMENT.keys, context=CONTEXT).hex()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = bytes.fromhex(encrypted_text)
        return unseal_value(sealed, keys=settings.DEPLOYMENT.keys, context=CONTEXT).decode()
