"""Only what the platform signed, as it came and just now, is taken for a webhook of it."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from lianfang.client import WebhookError, verify_webhook

KEY = b"k" * 32
SECRET = "whsec_" + base64.b64encode(KEY).decode()
NOW = 1_790_000_000
BODY = b'{"type":"alert.raised","timestamp":"2026-09-21T14:13:20Z","data":{"alert":7}}'


def signed(body=BODY, moment=NOW, number="msg_1", key=KEY):
    """Headers as the specification has them, made without our code."""
    digest = hmac.new(key, f"{number}.{moment}.".encode() + body, hashlib.sha256).digest()
    mark = "v1," + base64.b64encode(digest).decode()
    return {"Webhook-Id": number, "Webhook-Timestamp": str(moment), "Webhook-Signature": mark}


def test_what_the_platform_signed_is_read():
    event = verify_webhook(signed(), BODY, SECRET, now=NOW + 5)
    assert (event.type, event.data) == ("alert.raised", {"alert": 7})


def test_one_of_several_signatures_is_enough():
    headers = signed()
    headers["Webhook-Signature"] = f"v1,bm9uZQ== {headers['Webhook-Signature']}"
    assert verify_webhook(headers, BODY, SECRET, now=NOW)


@pytest.mark.parametrize(
    ("headers", "body", "now"),
    [
        ({}, BODY, NOW),
        (signed(key=b"x" * 32), BODY, NOW),
        (signed(), BODY + b" ", NOW),
        (signed(), BODY, NOW + 301),
        (signed(), BODY, NOW - 301),
        (signed() | {"Webhook-Id": "msg_2"}, BODY, NOW),
        (signed() | {"Webhook-Timestamp": str(NOW + 1)}, BODY, NOW),
        (signed() | {"Webhook-Signature": "v1,é"}, BODY, NOW),
        (signed(moment="soon"), BODY, NOW),
        (signed(moment="²"), BODY, NOW),
    ],
)
def test_anything_else_is_not(headers, body, now):
    with pytest.raises(WebhookError):
        verify_webhook(headers, body, SECRET, now=now)


def test_a_secret_that_is_none_is_told():
    with pytest.raises(WebhookError, match="no secret"):
        verify_webhook(signed(), BODY, "whsec_%%%", now=NOW)
