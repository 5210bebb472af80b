"""Tokens are made and revoked, endpoints told of and closed, events announced."""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lianfang.client.webhooks import PREFIX
from lianfang.errors import InputError
from lianfang.evidence.sealing import seal_value
from lianfang.web.clients.addresses import checked_url
from lianfang.web.clients.entering import digest
from lianfang.web.clients.models import Endpoint, Notice, Token
from lianfang.web.clients.scopes import SCOPES, scopes_of
from lianfang.web.core.audit import record
from lianfang.web.institution.rights import may

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest
    from procrastinate.types import JSONDict

    from lianfang.web.institution.models import User

MOST_DAYS = 365
MOST_PER_MINUTE = 60_000
EVENTS = ("alert.raised", "alert.decided", "delivery.ended")
TEST = "test"
CONTEXT = b"webhook"
"""Of the secrets of endpoints, where they are sealed."""
_SECRET_BYTES = 32
_SHOWN = 9


def add_token(
    *,
    name: str,
    scopes: Iterable[str],
    purposes: Iterable[str],
    days: int,
    user: User,
    per_minute: int = 600,
    request: HttpRequest | None = None,
) -> tuple[Token, str]:
    """Make a token; its secret is given here and never again.

    Raises:
        InputError: a scope or purpose that the maker hasn't, or no name, scope or term; or
            somebody who may make none.
    """
    if not may(user, "clients.manage"):
        do = "have the administrator or a compliance officer make it"
        raise InputError("may make no tokens", where=user.username, do=do)
    if not name.strip():
        raise InputError("no name", where="name", do="say which program it is for")
    chosen = _chosen("scope", scopes, scopes_of(user))
    if not chosen:
        raise InputError("no scope", where="scopes", do=f"choose of {', '.join(SCOPES)}")
    _within("days", days, MOST_DAYS)
    _within("per_minute", per_minute, MOST_PER_MINUTE)
    secret = f"lf_{secrets.token_urlsafe(_SECRET_BYTES)}"
    with transaction.atomic():
        token = Token.objects.create(
            name=name.strip()[:60],
            begins=secret[:_SHOWN],
            digest=digest(secret),
            scopes=chosen,
            purposes=_chosen("purpose", purposes, user.purposes),
            per_minute=per_minute,
            made_by=user,
            expires_at=timezone.now() + timedelta(days=days),
        )
        why = f"{','.join(token.scopes)}: {','.join(token.purposes)}"
        _record(user, "token.add", token.pk, why, request)
    return token, secret


def revoke_token(*, token_id: int, user: User, request: HttpRequest | None = None) -> None:
    """Let nobody in with a token any more; it stays on the list.

    Raises:
        Token.DoesNotExist: no such token.
    """
    with transaction.atomic():
        token = Token.objects.get(pk=token_id)
        done = Token.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=timezone.now())
        if done:
            _record(user, "token.revoke", token.pk, token.name, request)


def add_endpoint(
    *,
    url: str,
    events: Iterable[str],
    purposes: Iterable[str],
    user: User,
    request: HttpRequest | None = None,
) -> tuple[Endpoint, str]:
    """Have an address told of events; its secret is given here and never again.

    Raises:
        InputError: the address can't be told, or an event or purpose that isn't there.
    """
    chosen = _chosen("event", events, EVENTS)
    if not chosen:
        raise InputError("no event", where="events", do=f"choose of {', '.join(EVENTS)}")
    secret = PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    with transaction.atomic():
        endpoint = Endpoint.objects.create(
            url=checked_url(url),
            events=chosen,
            purposes=_chosen("purpose", purposes, user.purposes),
            secret=seal_value(secret.encode(), keys=settings.DEPLOYMENT.keys, context=CONTEXT),
            made_by=user,
        )
        _record(user, "endpoint.add", endpoint.pk, ",".join(chosen), request)
    return endpoint, secret


def close_endpoint(*, endpoint_id: int, user: User, request: HttpRequest | None = None) -> None:
    """Tell an address nothing more; what it was told stays on record."""
    with transaction.atomic():
        found = Endpoint.objects.filter(pk=endpoint_id, closed_at=None)
        if found.update(closed_at=timezone.now()):
            _record(user, "endpoint.close", endpoint_id, "", request)


def announce(*, event: str, purpose: str, numbers: Sequence[int]) -> None:
    """Tell endpoints of what happened, once the transaction that it happened in is done.

    Args:
        event: one of `EVENTS`.
        purpose: of the things that it happened to; endpoints of other purposes hear nothing.
        numbers: of those things.
    """
    if not numbers:
        return
    hearing = Endpoint.objects.filter(
        closed_at=None, events__contains=[event], purposes__contains=[purpose]
    )
    # What an endpoint hears ends with its maker's purposes, as with a token.
    told = hearing.filter(made_by__is_active=True, made_by__purposes__contains=[purpose])
    _tell([(endpoint, event, number) for endpoint in told for number in numbers])


def try_endpoint(*, endpoint: Endpoint) -> None:
    """Tell an endpoint of nothing, to see whether it hears."""
    _tell([(endpoint, TEST, endpoint.pk)])


def _tell(told: Sequence[tuple[Endpoint, str, int]]) -> None:
    from lianfang.web.clients.tasks import send  # noqa: PLC0415  it calls what sends

    if not told:
        return
    with transaction.atomic():
        notices = Notice.objects.bulk_create(
            Notice(endpoint=endpoint, event=event, object=number)
            for endpoint, event, number in told
        )
        jobs: list[JSONDict] = [{"notice": notice.pk} for notice in notices]
        send.batch_defer(*jobs)


def _chosen(what: str, given: Iterable[str], own: Iterable[str]) -> list[str]:
    """What was chosen, all of it of one's own."""
    own, chosen = list(own), sorted(set(given))
    strange = [one for one in chosen if one not in own]
    if strange:
        do = f"choose of {', '.join(own) or 'nothing: you have none'}"
        raise InputError(f"no {what} of yours", where=", ".join(strange), do=do)
    return chosen


def _within(what: str, number: int, most: int) -> None:
    if not 1 <= number <= most:
        raise InputError("out of range", where=what, do=f"choose 1 to {most}")


def _record(user: User, what: str, number: int, why: str, request: HttpRequest | None) -> None:
    record(who=user.username, what=what, object_=str(number), why=why[:500], request=request)
