"""Who came in, who went, who was refused: all of it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from lianfang.web.core.audit import record

if TYPE_CHECKING:
    from django.http import HttpRequest

    from lianfang.web.institution.models import User

STRANGER = "-"


@receiver(user_logged_in)
def came(request: HttpRequest, user: User, **_: Any) -> None:  # noqa: ANN401
    record(who=user.username, what="account.login", object_=str(user.pk), request=request)


@receiver(user_logged_out)
def went(request: HttpRequest, user: User | None, **_: Any) -> None:  # noqa: ANN401
    if user:
        record(who=user.username, what="account.logout", object_=str(user.pk), request=request)


@receiver(user_login_failed)
def refused(request: HttpRequest | None = None, **_: Any) -> None:  # noqa: ANN401
    # The name isn't told: people type their passwords there.
    record(who=STRANGER, what="account.refused", object_=STRANGER, request=request)
