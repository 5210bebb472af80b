"""Capture first; personal values in, numbers out; a value shown only for a reason."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lianfang.errors import InputError, NotFoundError
from lianfang.evidence.keyed import Keyed
from lianfang.web.core.audit import record
from lianfang.web.database.locks import hold_keys
from lianfang.web.vault.models import Original, PersonalValue
from lianfang.web.vault.values import numbers, opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from lianfang.web.institution.models import User

__all__ = ["capture", "keyed", "keyed_all", "numbers", "reveal"]

LEAST_REASON = 4
"""Characters of a reason for seeing a personal value."""


@transaction.atomic
def capture(
    *, stream: BinaryIO, name: str, purpose: str, source: str, basis: str, who: str, most: int
) -> Original:
    """Keep what arrived as it came, before anything looks into it.

    Raises:
        TooLargeError: more than `most` bytes.
    """
    hold_keys()
    kept = settings.DEPLOYMENT.originals.keep(stream, most=most)
    return Original.objects.create(
        purpose=purpose,
        sha256=kept.sha256,
        sm3=kept.sm3,
        size=kept.size,
        name=name[-255:],
        source=source,
        basis=basis,
        who=who,
        tool=f"lianfang {version('lianfang')}",
        at=timezone.now(),
    )


def reveal(*, number: int, user: User, why: str, request: HttpRequest) -> str:
    """A personal value in the clear; who saw it and why is recorded first.

    Raises:
        InputError: no reason is given.
        NotFoundError: no such value for the purposes of this session.
    """
    if len(why.strip()) < LEAST_REASON:
        raise InputError("no reason", where="why", do="say why you must see the value")
    with transaction.atomic():
        value = PersonalValue.objects.filter(pk=number).first()
        if value is None:
            raise NotFoundError("no such value", where=str(number))
        record(
            who=user.username,
            what="value.reveal",
            object_=str(number),
            why=why.strip()[:500],
            request=request,
        )
    return opened(value)


def keyed(*, purpose: str, content: bytes) -> bytes:
    """A digest of what personal values may stand in; of use within its purpose alone.

    It stays the same when keys are rotated: by it a row that came before is known again.
    """
    return keyed_all(purpose=purpose, contents=[content])[0]


def keyed_all(*, purpose: str, contents: Iterable[bytes]) -> list[bytes]:
    """As `keyed`, for many contents."""
    digest = Keyed(settings.DEPLOYMENT.row_key(purpose)).digest
    return [digest(b"row\0" + content) for content in contents]
