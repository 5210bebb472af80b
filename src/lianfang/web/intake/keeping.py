"""Keeps some rows of a delivery, all or none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from lianfang.files.columns import TEXT_NAMES
from lianfang.privacy.tokens import Personal, personal, tokenise
from lianfang.web.database.rows import add_rows, ask
from lianfang.web.intake.bigrams import searchable
from lianfang.web.intake.models import Delivery, Item, Kind, RefusedRow
from lianfang.web.intake.screening import folds, storable, told
from lianfang.web.intake.signals import items_kept
from lianfang.web.vault.services import keyed_all, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lianfang.files import Reject
    from lianfang.model import Verdict
    from lianfang.web.intake.reading import Batch, Read

    Number = Callable[[Personal], int]
    Columns = dict[str, Any]

_HALF_TOKEN = re.compile(r"⟦[^⟧]*\Z")
_KNOWN = sql.SQL("SELECT key FROM intake_item WHERE source_id = %s AND key = ANY (%b::bytea[])")


class OvertakenError(Exception):
    """Another process has kept these rows."""


def keep(*, delivery: Delivery, batch: Batch) -> None:
    """Keep rows and remember how far the delivery is; both or neither.

    Args:
        delivery: as it was read last; its counts are brought up to date.
        batch: the next rows of its file.

    Raises:
        OvertakenError: another process is further.
    """
    with transaction.atomic():
        lock(delivery)
        rows = _rows(delivery, _new(delivery, batch.good))
        items = add_rows(Item, rows)
        _refuse(delivery, batch.bad)
        delivery.added += len(items)
        delivery.repeated += len(batch.good) - len(items)
        delivery.refused += len(batch.bad)
        delivery.suspect += sum(row["suspect"] is True for row in rows)
        delivery.done_row, delivery.share = batch.last, batch.share
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


def _new(delivery: Delivery, good: Sequence[Read]) -> dict[bytes, Read]:
    """The rows that the source hasn't told yet, by their keys."""
    new: dict[bytes, Read] = {}
    keys = keyed_all(purpose=delivery.purpose, contents=[one.row.said for one in good])
    for key, one in zip(keys, good, strict=True):
        new.setdefault(key, one)
    for (known,) in ask(_KNOWN, [delivery.source_id, list(new)]):
        del new[known]
    return new


def _rows(delivery: Delivery, new: dict[bytes, Read]) -> list[Columns]:
    values = (value for one in new.values() for found in one.values.values() for value in found)
    kept = numbers(purpose=delivery.purpose, values=[value[2:4] for value in values])
    rows = [_row(delivery, one, lambda value: kept[value[2:4]]) for one in new.values()]
    texts, verdicts = [row["text"] for row in rows], [row["verdict"] for row in rows]
    alike = [one.encode() for one in folds(texts)]
    digests = keyed_all(purpose=delivery.purpose, contents=alike)
    found = searchable(texts, verdicts)
    for row, key, fold, made in zip(rows, new, digests, found, strict=True):
        row |= {"key": key, "fold": fold, **made}
        row["verdict"] = msgspec.json.encode(row["verdict"]).decode()
    return rows


def _row(delivery: Delivery, one: Read, number: Number) -> Columns:
    """The columns of an item, but for those that are made of all texts at once."""
    verdict, fields = one.verdict, one.row.fields
    token, said = told(verdict, fields["text"], one.values["text"], number)
    others = {
        name: _cut(tokenise(text, one.values[name], number).text, name)
        for name, text in fields.items()
        if name != "text"
    }
    return {
        "delivery_id": delivery.pk,
        "source_id": delivery.source_id,
        "purpose": delivery.purpose,
        "row": one.row.row.number,
        "text": token.text,
        **EMPTY,
        **others,
        "made_at": timezone.now(),
        "suspect": suspicion(delivery.source.kind, verdict),
        "stance": verdict.stance.value,
        "score": verdict.score,
        "verdict": said,
    }


EMPTY = {"platform": "", "account": "", "url": "", "published": ""}
"""What a row doesn't tell."""


def suspicion(kind: str, verdict: Verdict) -> bool | None:
    """A letter alone is never suspect: that it comes from a mill shows across letters."""
    return verdict.suspect if kind != Kind.LETTER else (None if verdict.suspect else False)


def _longest(field: str) -> int | None:
    found = Item._meta.get_field(field)  # noqa: SLF001  Django's public name for it
    return getattr(found, "max_length", None)


LONGEST = {name: _longest(name) for name in EMPTY}


def _cut(text: str, field: str) -> str:
    """A token is whole or not there."""
    longest = LONGEST[field]
    return text if longest is None or len(text) <= longest else _HALF_TOKEN.sub("", text[:longest])


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
