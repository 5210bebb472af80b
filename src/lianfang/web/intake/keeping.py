"""Keeps some rows of a delivery, all or none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection, transaction

from lianfang.files import Reject, Row
from lianfang.files.columns import TEXT_NAMES
from lianfang.privacy.tokens import Personal, personal, tokenise
from lianfang.web.intake.bigrams import searchable
from lianfang.web.intake.columns import COLUMNS
from lianfang.web.intake.models import Delivery, Item, Kind, RefusedRow
from lianfang.web.intake.screening import fold, screener, storable, told
from lianfang.web.intake.signals import items_kept
from lianfang.web.vault.services import keyed, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lianfang.model import Verdict

    Number = Callable[[Personal], int]

_HALF_TOKEN = re.compile(r"⟦[^⟧]*\Z")
FIELD_SEPARATOR = "\x1f"


class OvertakenError(Exception):
    """Another process has kept these rows."""


class Read(NamedTuple):
    """A row that was read: its fields, and every personal value in each of them."""

    row: Row
    fields: dict[str, str]
    values: dict[str, list[Personal]]
    beside: list[tuple[str, str]]


def keep(*, delivery: Delivery, rows: Sequence[Row | Reject], share: float) -> None:
    """Keep rows and remember how far the delivery is; both or neither.

    Args:
        delivery: as it was read last; its counts are brought up to date.
        rows: the next of its file.
        share: of the file that they end at, 0 to 1.

    Raises:
        OvertakenError: another process is further.
    """
    good = [_read(row, delivery.source.kind) for row in rows if isinstance(row, Row)]
    bad = [row for row in rows if isinstance(row, Reject)]
    verdicts = list(screener().screen_rows([(one.row.number, one.row.text) for one in good]))
    with transaction.atomic():
        _lock(delivery)
        items = _add(delivery, good, verdicts)
        _refuse(delivery, bad)
        delivery.added += len(items)
        delivery.repeated += len(good) - len(items)
        delivery.refused += len(bad)
        delivery.suspect += sum(item.suspect is True for item in items)
        delivery.done_row, delivery.share = row_number(rows[-1]), share
        delivery.save(
            update_fields=["added", "repeated", "refused", "suspect", "done_row", "share"]
        )
        items_kept.send(sender=Delivery, items=[item.pk for item in items])


def _lock(delivery: Delivery) -> None:
    now = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if now.done_row != delivery.done_row:
        raise OvertakenError
    # Two deliveries of one source may tell the same item.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [delivery.source_id])


def _read(row: Row, kind: str) -> Read:
    fields, told_beside = {"text": storable(row.text)}, []
    for column, cell in zip(COLUMNS[Kind(kind)], row.others, strict=True):
        value = storable(cell.strip())
        if column.personal and value:
            told_beside.append((column.personal, value))
        if column.field:
            fields[column.field] = value
    values = {name: personal(text, told_beside) for name, text in fields.items()}
    if fields.get("account"):
        whole = fields["account"]
        values["account"] = [Personal(0, len(whole), "account", whole, whole)]
    return Read(row, fields, values, told_beside)


def _add(delivery: Delivery, good: Sequence[Read], verdicts: Sequence[Verdict]) -> list[Item]:
    new = _new(delivery, good)
    read = [good[place] for place in new.values()]
    values = (value for one in read for found in one.values.values() for value in found)
    kept = numbers(purpose=delivery.purpose, values=[value[2:4] for value in values])
    return Item.objects.bulk_create(
        _item(delivery, key, good[place], verdicts[place], lambda value: kept[value[2:4]])
        for key, place in new.items()
    )


def _new(delivery: Delivery, good: Sequence[Read]) -> dict[bytes, int]:
    """Places of the rows that the source hasn't told yet, by their keys."""
    keys: dict[bytes, int] = {}
    for place, one in enumerate(good):
        said = FIELD_SEPARATOR.join(
            f"{name}={text}" for name, text in [*one.fields.items(), *one.beside]
        )
        keys.setdefault(keyed(purpose=delivery.purpose, content=said.encode()), place)
    there = Item.objects.filter(source=delivery.source_id, key__in=list(keys))
    for key in there.values_list("key", flat=True):
        del keys[bytes(key)]
    return keys


def _item(delivery: Delivery, key: bytes, one: Read, verdict: Verdict, number: Number) -> Item:
    token, said = told(verdict, one.fields["text"], one.values["text"], number)
    others = {
        name: _cut(tokenise(text, one.values[name], number).text, name)
        for name, text in one.fields.items()
        if name != "text"
    }
    return Item(
        delivery=delivery,
        source_id=delivery.source_id,
        purpose=delivery.purpose,
        row=one.row.number,
        key=key,
        fold=keyed(purpose=delivery.purpose, content=fold(token.text).encode()),
        text=token.text,
        suspect=_suspect(delivery.source.kind, verdict),
        stance=verdict.stance.value,
        score=verdict.score,
        verdict=said,
        **searchable(token.text),
        **others,
    )


def _suspect(kind: str, verdict: Verdict) -> bool | None:
    """A letter alone is never suspect: that it comes from a mill shows across letters."""
    return verdict.suspect if kind != Kind.LETTER else (None if verdict.suspect else False)


def _longest(field: str) -> int | None:
    found = Item._meta.get_field(field)  # noqa: SLF001  Django's public name for it
    return getattr(found, "max_length", None)


def _cut(text: str, field: str) -> str:
    """A token is whole or not there."""
    return _HALF_TOKEN.sub("", text[: _longest(field)])


def _refuse(delivery: Delivery, bad: Sequence[Reject]) -> None:
    RefusedRow.objects.bulk_create(
        RefusedRow(
            delivery=delivery,
            purpose=delivery.purpose,
            row=one.row,
            column=_known(one.column or ""),
            reason=_bare(one.reason)[:300],
            what_to_do=_bare(one.what_to_do)[:300],
        )
        for one in bad
    )


def _known(column: str) -> str:
    """A column's name; without a header it would be somebody's text."""
    return column if column.strip().casefold() in TEXT_NAMES else ""


def _bare(reason: str) -> str:
    """A reason may quote the row."""
    return tokenise(storable(reason), personal(storable(reason)), lambda _: 0).text


def row_number(row: Row | Reject) -> int:
    """Where it stands in its file."""
    return row.number if isinstance(row, Row) else row.row
