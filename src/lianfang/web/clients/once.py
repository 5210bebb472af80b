"""The same request twice is done once: what was answered is kept under the caller's key."""

from __future__ import annotations

import hmac
import re
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from lianfang.web.clients.errors import ConflictError, UnfitError
from lianfang.web.clients.models import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lianfang.web.clients.models import Token

Made = tuple[int, bool]
"""Number of what was made, and whether it had been there before."""

_KEY = re.compile(r"[!-~]{1,120}")
_ADD = """
INSERT INTO clients_answer (token_id, key, request, repeated, at)
VALUES (%s, %s, %s, false, now()) ON CONFLICT (token_id, key) DO NOTHING RETURNING id
"""


def once(*, token: Token, key: str, sent: Iterable[bytes], make: Callable[[], Made]) -> Made:
    """Make something, or tell what a request with this key has made.

    Two at once are one: the second waits for the first.

    Args:
        token: whose key it is.
        key: the caller's; without one it is made.
        sent: what makes a request this one and no other, in pieces.
        make: makes it, within a transaction.

    Raises:
        UnfitError: the key is none.
        ConflictError: the key was sent with something else.
    """
    if not key:
        return make()
    if not _KEY.fullmatch(key):
        do = "use 1 to 120 printable characters"
        raise UnfitError("no key", where="Idempotency-Key", do=do)
    request = _digest(sent)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [token.pk, key, request])
            new = cursor.fetchone()
        if not new:
            return _before(token, key, request)
        number, repeated = make()
        Answer.objects.filter(pk=new[0]).update(object=number, repeated=repeated)
    return number, repeated


def _before(token: Token, key: str, request: bytes) -> Made:
    answer = Answer.objects.get(token=token, key=key)
    if bytes(answer.request) != request or answer.object is None:
        do = "use another key for another request"
        raise ConflictError("the key was sent with something else", where="Idempotency-Key", do=do)
    return answer.object, answer.repeated


def _digest(sent: Iterable[bytes]) -> bytes:
    """Keyed: of a short text a bare digest could be guessed."""
    made = hmac.new(settings.SECRET_KEY.encode(), b"once", sha256)
    for piece in sent:
        made.update(piece)
    return made.digest()
