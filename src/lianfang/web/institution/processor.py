"""What every page of the site's frame is told of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from lianfang.web.institution.alarms import open_alarms
from lianfang.web.institution.rights import may

if TYPE_CHECKING:
    from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """`open_alarms`, counted when shown, and `elsewhere`, the name of where else to sign in."""
    # The pages of one's own account ask much already.
    is_own = request.path.startswith("/accounts/")
    sees = not is_own and may(getattr(request, "user", None), "alarms.see")
    return {
        "open_alarms": SimpleLazyObject(open_alarms().count) if sees else 0,
        "elsewhere": settings.SIGN_ON.name if settings.SIGN_ON else "",
    }
