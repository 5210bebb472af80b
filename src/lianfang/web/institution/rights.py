"""What each role may do, and the mark that every view carries.

A view without a mark is closed to everybody; what one may not see answers 404, so that it stays
hidden that it is there.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from django.http import Http404

from lianfang.web.institution.models import Role, User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    More = ParamSpec("More")
    Answer = TypeVar("Answer", bound=HttpResponseBase)
    View = Callable[Concatenate[HttpRequest, More], Answer]

RIGHTS: dict[str, frozenset[str]] = {
    Role.ANALYST: frozenset(
        {"home", "intake.see", "intake.add", "alerts.see", "alerts.decide", "guides.see",
         "guides.try", "dashboard.see"}
    ),
    Role.REVIEWER: frozenset(
        {"home", "intake.see", "alerts.see", "alerts.decide", "values.reveal", "guides.see",
         "dashboard.see"}
    ),
    Role.HANDLER: frozenset({"home", "intake.see", "intake.add", "alerts.see", "values.reveal",
         "dashboard.see"}),
    Role.COMPLIANCE: frozenset(
        {"home", "intake.see", "intake.add", "alerts.see", "alerts.decide", "values.reveal",
         "audit.see", "people.see", "alarms.see", "alarms.answer", "clients.manage",
         "guides.see", "guides.try", "guides.set", "dashboard.see"}
    ),
    Role.ADMINISTRATOR: frozenset(
        {"home", "audit.see", "people.see", "people.manage", "clients.manage"}
    ),
    Role.AUDITOR: frozenset(
        {"home", "intake.see", "alerts.see", "audit.see", "people.see", "alarms.see",
         "guides.see", "dashboard.see"}
    ),
}  # fmt: skip
MARK = "_lianfang_right"


def may(user: Any, right: str) -> bool:  # noqa: ANN401  Django's user may be anonymous
    """Whether somebody has a right; nobody has one that no role has."""
    active = isinstance(user, User) and user.is_active
    return active and right in RIGHTS.get(user.role, frozenset())


def needs(right: str) -> Callable[[View[More, Answer]], View[More, Answer]]:
    """Mark a view with the right that it asks for."""

    def marked(view: View[More, Answer]) -> View[More, Answer]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: More.args, **kwargs: More.kwargs) -> Answer:
            if not may(request.user, right):
                raise Http404
            return view(request, *args, **kwargs)

        setattr(guarded, MARK, right)
        return guarded

    return marked


def processor(request: HttpRequest) -> dict[str, Any]:
    """`rights` for every template: those of who asks."""
    user = getattr(request, "user", None)
    role = user.role if isinstance(user, User) else ""
    return {"rights": {right.replace(".", "_") for right in RIGHTS.get(role, frozenset())}}
