"""A notice is signed and sent; what became of it is kept.

Signed as Standard Webhooks are (standardwebhooks.com): HMAC-SHA256 over number, time and body.
"""

from __future__ import annotations

import http.client
import time
from http import HTTPStatus

import msgspec
from django.conf import settings
from django.utils import timezone

from lianfang.client.model import Event
from lianfang.client.webhooks import signature
from lianfang.errors import LianfangError
from lianfang.evidence.sealing import unseal_value
from lianfang.web.clients.models import Attempt, Notice
from lianfang.web.clients.posting import post
from lianfang.web.clients.services import CONTEXT, TEST


def attempt(*, notice: Notice, last: bool) -> bool:
    """Try to send a notice; True if nothing is left to do.

    Args:
        notice: with its endpoint.
        last: whether no other attempt follows.
    """
    if notice.state != Notice.State.WAITING:
        return True
    if notice.endpoint.closed_at:
        _now(notice, Notice.State.FAILED)
        return True
    begun = time.monotonic()
    status, problem = _sent(notice)
    Attempt.objects.create(
        notice=notice,
        status=status,
        problem=problem,
        took_ms=round(1000 * (time.monotonic() - begun)),
    )
    heard = status is not None and HTTPStatus(200) <= status < HTTPStatus(300)
    if heard or last:
        _now(notice, Notice.State.SENT if heard else Notice.State.FAILED)
    return heard


def _sent(notice: Notice) -> tuple[int | None, str]:
    """The status, or why there is none; no answer is quoted, since it may say anything."""
    try:
        return post(notice.endpoint.url, *_message(notice)), ""
    except LianfangError as error:
        return None, error.what
    except (OSError, http.client.HTTPException) as error:
        return None, type(error).__name__


def _message(notice: Notice) -> tuple[bytes, dict[str, str]]:
    noun = "endpoint" if notice.event == TEST else notice.event.partition(".")[0]
    event = Event(notice.event, notice.at, {noun: notice.object})
    body, moment = msgspec.json.encode(event), str(int(timezone.now().timestamp()))
    number = f"msg_{notice.pk}"
    secret = unseal_value(notice.endpoint.secret, keys=settings.DEPLOYMENT.keys, context=CONTEXT)
    return body, {
        "Content-Type": "application/json",
        "User-Agent": "lianfang",
        "webhook-id": number,
        "webhook-timestamp": moment,
        "webhook-signature": signature(
            number=number, moment=moment, body=body, secret=secret.decode()
        ),
    }


def _now(notice: Notice, state: str) -> None:
    notice.state = state
    notice.save(update_fields=["state"])
