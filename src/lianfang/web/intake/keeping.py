"""Keeps some rows of a delivery, all or none."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from lianfang.files.columns import TEXT_NAMES
from lianfang.privacy.tokens import personal, tokenise
from lianfang.web.database.rows import add_rows, ask, packed
from lianfang.web.intake.models import Delivery, Item, RefusedRow
from lianfang.web.intake.screening import storable
from lianfang.web.intake.signals import items_kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.files import Reject
    from lianfang.web.intake.items import Columns, Made

_KNOWN = sql.SQL("SELECT key FROM intake_item WHERE source_id = %s AND key = ANY (%b::bytea[])")


class OvertakenError(Exception):
    """Another process has kept these rows."""


def keep(*, delivery: Delivery, made: Made) -> None:
    """Keep rows and remember how far the delivery is; both or neither.

    Args:
        delivery: as it was read last; its counts are brought up to date.
        made: of the next rows of its file.

    Raises:
        OvertakenError: another process is further.
    """
    with transaction.atomic():
        lock(delivery)
        columns = _new(delivery, made.columns)
        items = add_rows(
            Item,
            columns,
            delivery_id=delivery.pk,
            source_id=delivery.source_id,
            purpose=delivery.purpose,
            made_at=timezone.now(),
        )
        _refuse(delivery, made.bad)
        delivery.added += len(items)
        delivery.repeated += made.good - len(items)
        delivery.refused += len(made.bad)
        delivery.suspect += columns["suspect"].count(True)
        delivery.done_row, delivery.share = made.last, made.share
        delivery.save(
            update_fields=["added", "repeated", "refused", "suspect", "done_row", "share"]
        )
        items_kept.send(sender=Delivery, items=items)


def lock(delivery: Delivery) -> None:
    """Let no other process work on a delivery, or its source, in this transaction.

    Raises:
        OvertakenError: another process is further.
    """
    now = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if now.done_row != delivery.done_row:
        raise OvertakenError
    # Two deliveries of one source may tell the same item.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [delivery.source_id])


def _new(delivery: Delivery, columns: Columns) -> Columns:
    """What the source hasn't told yet."""
    keys = columns["key"]
    known = {key for (key,) in ask(_KNOWN, [delivery.source_id, packed("bytea", keys)])}
    if not known:
        return columns
    new = [key not in known for key in keys]
    return {name: list(compress(values, new)) for name, values in columns.items()}


def _refuse(delivery: Delivery, bad: Sequence[Reject]) -> None:
    RefusedRow.objects.bulk_create(
        RefusedRow(
            delivery=delivery,
            purpose=delivery.purpose,
            row=one.row,
            column=_known(one.column or ""),
            reason=bare(one.reason)[:300],
            what_to_do=bare(one.what_to_do)[:300],
        )
        for one in bad
    )


def _known(column: str) -> str:
    """A column's name; without a header it would be somebody's text."""
    return column if column.strip().casefold() in TEXT_NAMES else ""


def bare(reason: str) -> str:
    """A reason, which may quote the row, without personal values."""
    return tokenise(storable(reason), personal(storable(reason)), lambda _: 0).text
