"""Whether a webhook comes from the platform (Standard Webhooks, standardwebhooks.com)."""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from lianfang.client.errors import WebhookError
from lianfang.client.model import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "whsec_"
TOLERANCE = 300
"""Seconds that a webhook's time may be off: an older one may have been recorded by somebody."""


def verify_webhook(
    headers: Mapping[str, str], body: bytes, secret: str, *, now: float | None = None
) -> Event:
    """The event that a webhook tells, if the platform signed it just now.

    Args:
        headers: of the request, in any case.
        body: as it came, byte by byte.
        secret: of the endpoint, `whsec_…`.
        now: seconds since 1970, the clock's by default.

    Raises:
        WebhookError: a header is missing, the signature is another, or its time is off.
    """
    named = {name.lower(): value for name, value in headers.items()}
    try:
        number, moment, signatures = (
            named[f"webhook-{name}"] for name in ("id", "timestamp", "signature")
        )
    except KeyError as error:
        raise WebhookError("not signed", where=str(error.args[0])) from error
    wanted = signature(number=number, moment=moment, body=body, secret=secret)
    if not any(hmac.compare_digest(wanted.encode(), one.encode()) for one in signatures.split()):
        raise WebhookError("signed by somebody else", where="webhook-signature")
    _check_time(moment, time.time() if now is None else now)
    return msgspec.json.decode(body, type=Event)


def signature(*, number: str, moment: str, body: bytes, secret: str) -> str:
    """The signature of a webhook, as its header says it.

    Raises:
        WebhookError: the secret is none.
    """
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise WebhookError("no secret", where="secret", do="give whsec_…, as shown") from error
    content = f"{number}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, content, sha256)).decode()


def _check_time(moment: str, now: float) -> None:
    if not (moment.isascii() and moment.isdigit()) or abs(now - int(moment)) > TOLERANCE:
        do = "check this machine's clock"
        raise WebhookError("not of this moment", where="webhook-timestamp", do=do)
