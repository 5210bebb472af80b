"""What the pages of clients show."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone

from lianfang.web.clients.models import Attempt, Endpoint, Token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from lianfang.web.clients.models import Notice


def tokens() -> QuerySet[Token]:
    """All tokens, the newest first."""
    return Token.objects.select_related("made_by")


def state_of(token: Token) -> str:
    """`revoked`, `expired` or `valid`."""
    if token.revoked_at:
        return "revoked"
    return "expired" if token.expires_at <= timezone.now() else "valid"


def endpoints() -> QuerySet[Endpoint]:
    """All endpoints, the newest first."""
    return Endpoint.objects.select_related("made_by")


def tries(notices: Iterable[Notice]) -> dict[int, list[Attempt]]:
    """The attempts to send each notice, the last first, by the notice's number."""
    made: dict[int, list[Attempt]] = defaultdict(list)
    for one in Attempt.objects.filter(notice__in=list(notices)):
        made[one.notice_id].append(one)
    return made
