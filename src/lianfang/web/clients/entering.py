"""Who a request comes from: a token that lets its maker's program in, or nobody."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from lianfang.web.clients.errors import TooManyError, UnknownTokenError
from lianfang.web.clients.models import Token
from lianfang.web.clients.pace import COUNT, START, Left, take
from lianfang.web.clients.scopes import scopes_of
from lianfang.web.core.audit import STRANGER, record
from lianfang.web.institution.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest

BEARER = re.compile(r"[Bb]earer +(lf_[\w-]{43})", re.ASCII)
MOST_FAILURES = 20
"""Of an address, in a minute. Later ones are refused without being looked into or recorded."""
REMEMBERED = timedelta(minutes=1)
"""How exactly it is remembered when a token was used last."""
_OF_TOKEN = (
    "id", "scopes", "purposes", "per_minute", "expires_at", "revoked_at", "used_at",
)  # fmt: skip
_OF_MAKER = ("id", "username", "is_active", "role", "purposes", "shown_name")
"""In the order of the models, as `from_db` wants them."""
# One statement, since every request pays for it: who it is, and the count of a token that is good.
_ENTER = f"""
WITH known AS (
    SELECT {", ".join(f"token.{one} AS token_{one}" for one in _OF_TOKEN)},
           {", ".join(f"maker.{one} AS maker_{one}" for one in _OF_MAKER)}
    FROM clients_token AS token JOIN institution_user AS maker ON maker.id = token.made_by_id
    WHERE token.digest = %(digest)s
), paced AS (
    INSERT INTO clients_pace AS pace (key, used, ends)
    SELECT 'token ' || token_id, {START} FROM known
    WHERE token_revoked_at IS NULL AND token_expires_at > %(now)s AND maker_is_active
    {COUNT}
)
SELECT known.*, used, wait FROM known LEFT JOIN paced ON true
"""  # noqa: S608  the names are ours


class Caller(NamedTuple):
    """A program, and what it may do now: no more than its token says and its maker may.

    Attributes:
        token: what it came with.
        user: its maker, on whose account it acts.
        scopes, purposes: what both have.
        left: of the minute.
    """

    token: Token
    user: User
    scopes: frozenset[str]
    purposes: tuple[str, ...]
    left: Left


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
    found = _found(given[1]) if given else None
    left = found and found.left
    if found is None or left is None:
        raise _refused(request, found)
    token, maker = found.token, found.maker
    if left.number < 0:
        raise TooManyError("more requests than this token may make in a minute", wait=left.wait)
    _remember(token, request)
    scopes = frozenset(token.scopes) & frozenset(scopes_of(maker))
    purposes = tuple(one for one in token.purposes if one in maker.purposes)
    return Caller(token, maker, scopes, purposes, left)


class _Found(NamedTuple):
    """A token that is known, its maker; what is left of its minute, None if it isn't good."""

    token: Token
    maker: User
    left: Left | None


def _found(secret: str) -> _Found | None:
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, {"digest": digest(secret), "now": timezone.now()})
        row = cursor.fetchone()
    if row is None:
        return None
    cut = len(_OF_TOKEN)
    token = Token.from_db(None, _OF_TOKEN, row[:cut])
    maker = User.from_db(None, _OF_MAKER, row[cut:-2])
    used, wait = row[-2:]
    return _Found(token, maker, used and Left.after(used, wait, most=token.per_minute))


def _why_not(found: _Found) -> str:
    token = found.token
    if token.revoked_at:
        return "revoked"
    if token.expires_at <= timezone.now():
        return "expired"
    return "its account is closed"


def _refused(request: HttpRequest, found: _Found | None) -> UnknownTokenError | TooManyError:
    address = request.META.get("REMOTE_ADDR") or "-"
    left = take(f"failed {address}"[:60], most=MOST_FAILURES)
    if left.number < 0:
        return TooManyError("too many requests without a valid token", wait=left.wait)
    if "HTTP_AUTHORIZATION" in request.META:
        number, why = (str(found.token.pk), _why_not(found)) if found else (STRANGER, "unknown")
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
