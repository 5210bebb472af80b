"""Who a request comes from: a token that lets its maker's program in, or nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.utils import timezone

from lianfang.web.clients.errors import TooManyError, UnknownTokenError
from lianfang.web.clients.models import Token
from lianfang.web.clients.pace import Left, take
from lianfang.web.clients.scopes import scopes_of
from lianfang.web.core.audit import STRANGER, record

if TYPE_CHECKING:
    from django.http import HttpRequest

    from lianfang.web.institution.models import User

BEARER = re.compile(r"[Bb]earer +(lf_[\w-]{43})", re.ASCII)
MOST_FAILURES = 20
"""Of an address, in a minute. Later ones are refused without being looked into or recorded."""
REMEMBERED = timedelta(minutes=1)
"""How exactly it is remembered when a token was used last."""


class Caller(NamedTuple):
    """A program, and what it may do now: no more than its token says and its maker may."""

    token: Token
    scopes: frozenset[str]
    purposes: tuple[str, ...]
    left: Left

    @property
    def user(self) -> User:
        """On whose account it acts."""
        return self.token.made_by


def digest(secret: str) -> bytes:
    """What is kept of a secret: it has 256 random bits, so nothing slower is needed."""
    return sha256(secret.encode()).digest()


def enter(request: HttpRequest) -> Caller:
    """Let a request in.

    Raises:
        UnknownTokenError: it has no token, or one that lets nobody in.
        TooManyError: of this token's requests, or of this address's failures.
    """
    given = BEARER.fullmatch(request.META.get("HTTP_AUTHORIZATION", "").strip())
    token = _found(given[1]) if given else None
    if token is None or _why_not(token):
        raise _refused(request, token)
    left = take(f"token {token.pk}", most=token.per_minute)
    if left.number < 0:
        raise TooManyError("more requests than this token may make in a minute", wait=left.wait)
    _remember(token, request)
    scopes = frozenset(token.scopes) & frozenset(scopes_of(token.made_by))
    purposes = tuple(one for one in token.purposes if one in token.made_by.purposes)
    return Caller(token, scopes, purposes, left)


def _found(secret: str) -> Token | None:
    return Token.objects.select_related("made_by").filter(digest=digest(secret)).first()


def _why_not(token: Token) -> str:
    if token.revoked_at:
        return "revoked"
    if token.expires_at <= timezone.now():
        return "expired"
    return "" if token.made_by.is_active else "its account is closed"


def _refused(request: HttpRequest, token: Token | None) -> UnknownTokenError | TooManyError:
    address = request.META.get("REMOTE_ADDR") or "-"
    left = take(f"failed {address}"[:60], most=MOST_FAILURES)
    if left.number < 0:
        return TooManyError("too many requests without a valid token", wait=left.wait)
    if "HTTP_AUTHORIZATION" in request.META:
        number, why = (str(token.pk), _why_not(token)) if token else (STRANGER, "unknown")
        record(who=STRANGER, what="token.refused", object_=number, why=why, request=request)
    do = "send a valid token in the header Authorization: Bearer lf_…"
    return UnknownTokenError("no valid token", do=do)


def _remember(token: Token, request: HttpRequest) -> None:
    """Once a minute: more would be a write for every request."""
    now = timezone.now()
    if token.used_at and now - token.used_at < REMEMBERED:
        return
    stale = Q(used_at=None) | Q(used_at__lt=now - REMEMBERED)
    Token.objects.filter(stale, pk=token.pk).update(
        used_at=now, used_from=request.META.get("REMOTE_ADDR") or None
    )
