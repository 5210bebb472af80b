"""Who came in, who went, who was refused: all of it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from lianfang.web.core.audit import STRANGER, record
from lianfang.web.core.signals import recorded
from lianfang.web.institution.watching import watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from lianfang.web.institution.models import User


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


@receiver(authentication_failed)
def refused_second(request: HttpRequest, user: User, **_: Any) -> None:  # noqa: ANN401
    record(who=user.username, what="account.refused", object_=str(user.pk), request=request)


@receiver(recorded)
def watched(number: int, who: str, what: str, **_: Any) -> None:  # noqa: ANN401
    watch(number=number, who=who, what=what)


@receiver(password_changed)
def changed_password(user: User, **_: Any) -> None:  # noqa: ANN401
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])


def _tells(what: str) -> Callable[..., None]:
    """A receiver that records what somebody did to the own account."""

    def told(request: HttpRequest, user: User, **_: Any) -> None:  # noqa: ANN401
        record(who=user.username, what=what, object_=str(user.pk), request=request)

    return told


CHANGES = {
    authenticator_added: _tells("factor.add"),
    authenticator_removed: _tells("factor.remove"),
    authenticator_reset: _tells("factor.reset"),
    password_changed: _tells("account.password"),
}
for signal, told in CHANGES.items():
    signal.connect(told, weak=False)
