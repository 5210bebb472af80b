"""Members of an archive become deliveries of their own, tied to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings
from django.db import transaction

from lianfang.errors import InputError
from lianfang.files.archives import Bounds, open_archive
from lianfang.web.intake.keeping import bare, lock
from lianfang.web.intake.models import Delivery, RefusedRow
from lianfang.web.intake.taking import take

if TYPE_CHECKING:
    from lianfang.files.archives import Archive, Member
    from lianfang.web.intake.opening import Opened


def unpack(delivery: Delivery, own: Opened) -> None:
    """Take each member of an archive; one that can't be is told as a refused row.

    What is taken and how far the archive is are one transaction, so that a worker that dies
    takes nothing twice.

    Raises:
        InputError: damaged, encrypted or too large.
        OvertakenError: another process is further.
    """
    bounds = Bounds(member_bytes=settings.MOST_UPLOAD_BYTES)
    with open_archive(own.name, own.file, bounds) as archive:
        for member in archive.members[delivery.done_row :]:
            with transaction.atomic():
                lock(delivery)
                _take(delivery, archive, member)
                delivery.done_row = member.number
                delivery.share = member.number / len(archive.members)
                delivery.save(update_fields=["added", "repeated", "refused", "done_row", "share"])


def _take(delivery: Delivery, archive: Archive, member: Member) -> None:
    if member.problem:
        _refuse(delivery, member, *member.problem)
        return
    try:
        with transaction.atomic(), archive.open(member) as stream:
            _, new = take(
                source=delivery.source,
                stream=cast("BinaryIO", stream),
                name=member.name,
                who=delivery.original.who,
                archive=delivery,
            )
    except InputError as error:
        _refuse(delivery, member, error.what, error.do)
        return
    delivery.added += new
    delivery.repeated += not new


def _refuse(delivery: Delivery, member: Member, what: str, do: str) -> None:
    RefusedRow.objects.create(
        delivery=delivery,
        purpose=delivery.purpose,
        row=member.number,
        column=bare(member.name)[-120:],
        reason=bare(what)[:300],
        what_to_do=bare(do)[:300],
    )
    delivery.refused += 1
