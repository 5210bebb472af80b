"""Refused rows handed back as they came, to be mended; read from the sealed original each time."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings
from django.db import transaction

from lianfang.files.mending import Refused, mending
from lianfang.files.tables import open_table
from lianfang.web.core.audit import record
from lianfang.web.intake.mapping import columns_of
from lianfang.web.intake.opening import opened
from lianfang.web.intake.telling import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

    from lianfang.files.tables import Table
    from lianfang.web.institution.models import User
    from lianfang.web.intake.models import Delivery

ALWAYS_TEXT = ("xlsx", "parquet")
"""Formats whose rows are refused where the text is missing."""


def refused_file(*, delivery: Delivery, user: User, request: HttpRequest) -> BinaryIO:
    """The refused rows with their cells as a file without a name; that it was asked for is kept.

    Raises:
        LianfangError: the original can't be read.
    """
    with transaction.atomic():
        record(who=user.username, what="refused.export", object_=str(delivery.pk), request=request)
    made = _scratch()
    try:
        _write(delivery, made)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


def _write(delivery: Delivery, made: BinaryIO) -> None:
    with opened(delivery) as own, _scratch() as scratch:
        columns = columns_of(delivery, own)
        with open_table(*own) as table:
            name = columns.text if columns and table.format in ALWAYS_TEXT else None
            text = table.names.index(name) if name in table.names else None
            mending(
                table.format, table.names, _rows(delivery, table), text, into=made, scratch=scratch
            )


def _rows(delivery: Delivery, table: Table) -> Iterator[Refused]:
    """Refused rows with their cells; both come in the order of the file."""
    rows = iter(table.rows)
    number, cells = 0, list[str]()
    for one in delivery.refused_rows.order_by("row").iterator():
        while number < one.row:
            number, cells = next(rows, (one.row, []))
        told = (str(one.row), one.column, in_words(one.reason), in_words(one.what_to_do))
        yield Refused(told, cells if number == one.row else [])


def _scratch() -> BinaryIO:
    return cast("BinaryIO", tempfile.TemporaryFile(dir=settings.DEPLOYMENT.incoming))
