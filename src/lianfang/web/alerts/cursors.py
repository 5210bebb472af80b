"""Where a list goes on: a signed mark that only this site writes, good for one question."""

from __future__ import annotations

from hashlib import sha256

from django.core import signing

from lianfang.web.clients.errors import UnfitError

SALT = "alerts.cursor"


def cursor(*, last: int, question: str) -> str:
    """The mark after an alert, of the list that answers a question."""
    return signing.dumps([last, _short(question)], salt=SALT)


def place(mark: str, *, question: str) -> int:
    """The alert that a mark stands after.

    Raises:
        UnfitError: the mark isn't ours, or of another question.
    """
    try:
        last, short = signing.loads(mark, salt=SALT)
    except signing.BadSignature:
        short = ""
    if short != _short(question):
        do = "ask with the cursor and the filters of the page before"
        raise UnfitError("no cursor of this list", where="cursor", do=do)
    return int(last)


def _short(question: str) -> str:
    return sha256(question.encode()).hexdigest()[:16]
