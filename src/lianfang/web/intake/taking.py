"""Files are taken: captured as they came, then handed to the workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction

from lianfang.errors import InputError
from lianfang.web.core.audit import record
from lianfang.web.intake.models import Delivery, Source, State
from lianfang.web.intake.queueing import queue
from lianfang.web.intake.screening import storable
from lianfang.web.vault.services import capture

if TYPE_CHECKING:
    from lianfang.web.institution.models import User


def take(
    *,
    source: Source,
    stream: BinaryIO,
    name: str,
    who: str,
    repairs: Delivery | None = None,
    archive: Delivery | None = None,
) -> tuple[Delivery, bool]:
    """Do as `deliver`, for an account or a program; `archive` is whose member the file is.

    A file that failed or was withdrawn is worked through again.
    """
    if source.closed_at:
        raise InputError("the source is closed", where=source.name, do="open it again, or another")
    with transaction.atomic():
        original = capture(
            stream=stream,
            name=storable(name),
            purpose=source.purpose,
            source=source.name,
            basis=source.basis,
            who=who,
            most=settings.MOST_UPLOAD_BYTES,
        )
        record(who=who, what="original.capture", object_=str(original.pk))
        delivery, new = Delivery.objects.get_or_create(
            source=source,
            sha256=original.sha256,
            defaults={
                "purpose": source.purpose,
                "original": original,
                "repairs": repairs,
                "archive": archive,
            },
        )
        if new or restarted(delivery):
            queue(delivery)
    return delivery, new


def restarted(delivery: Delivery) -> bool:
    """Have what failed or was withdrawn wait for a worker; it goes on where it stopped."""
    ended = Delivery.objects.filter(pk=delivery.pk, state__in=(State.FAILED, State.WITHDRAWN))
    if not ended.update(state=State.WAITING, problem="", ended_at=None):
        return False
    delivery.refresh_from_db()
    return True


def retry(*, delivery: Delivery, user: User) -> None:
    """Go on with a file that failed or was withdrawn.

    Raises:
        InputError: it is neither.
    """
    with transaction.atomic():
        if not restarted(delivery):
            raise InputError("neither failed nor withdrawn", where=str(delivery.pk))
        record(who=user.username, what="delivery.retry", object_=str(delivery.pk))
        queue(delivery)


def withdraw(*, delivery: Delivery, user: User) -> None:
    """Take back a file that was sent by mistake, while nothing of it is kept.

    Raises:
        InputError: a worker has begun with it.
    """
    untouched = Delivery.objects.filter(
        pk=delivery.pk, state__in=(State.WAITING, State.MAPPING), done_row=0
    )
    with transaction.atomic():
        if not untouched.update(state=State.WITHDRAWN):
            raise InputError("a worker has begun with it", where=str(delivery.pk))
        record(who=user.username, what="delivery.withdraw", object_=str(delivery.pk))
