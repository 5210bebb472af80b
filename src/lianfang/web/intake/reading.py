"""Rows read and judged before anything is kept of them: no database is asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lianfang.files import Reject, Row
from lianfang.privacy.tokens import Personal
from lianfang.web.intake.apart import Apart
from lianfang.web.intake.columns import COLUMNS
from lianfang.web.intake.models import Kind
from lianfang.web.intake.screening import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lianfang.model import Verdict
    from lianfang.web.guidance.screening import LocalScreener

FIELD_SEPARATOR = "\x1f"
_elsewhere = Apart()


class Fields(NamedTuple):
    """What a row says: its fields by name, and kinds and values that it tells beside them."""

    row: Row
    fields: dict[str, str]
    beside: list[tuple[str, str]]

    @property
    def said(self) -> bytes:
        """All of it, to know the same row again."""
        named = [*self.fields.items(), *self.beside]
        return FIELD_SEPARATOR.join([f"{name}={text}" for name, text in named]).encode()


class Read(NamedTuple):
    """A row, every personal value in each of its fields, and what screening says of its text."""

    row: Fields
    values: dict[str, list[Personal]]
    verdict: Verdict


class Batch(NamedTuple):
    """Rows of a file that follow each other, as they were read.

    Attributes:
        good: in order.
        bad: those that can't be used.
        last: where the last of all stands in the file.
        share: of the file that they end at, 0 to 1.
    """

    good: list[Read]
    bad: list[Reject]
    last: int
    share: float


def read(rows: Sequence[Row | Reject], share: float, kind: str, screener: LocalScreener) -> Batch:
    """Read some rows of a source of a kind; `share` as in `Batch`."""
    good = [_fields(row, kind) for row in rows if isinstance(row, Row)]
    bad = [row for row in rows if isinstance(row, Reject)]
    values = _values(good)
    verdicts = list(screener.screen_rows([(one.row.number, one.row.text) for one in good]))
    found = [Read(*one) for one in zip(good, values(), verdicts, strict=True)]
    return Batch(found, bad, row_number(rows[-1]), share)


def row_number(row: Row | Reject) -> int:
    """Where it stands in its file."""
    return row.number if isinstance(row, Row) else row.row


def _fields(row: Row, kind: str) -> Fields:
    fields, beside = {"text": storable(row.text)}, []
    for column, cell in zip(COLUMNS[Kind(kind)], row.others, strict=True):
        value = storable(cell.strip())
        if column.personal and value:
            beside.append((column.personal, value))
        if column.field:
            fields[column.field] = value
    return Fields(row, fields, beside)


def _values(rows: Sequence[Fields]) -> Callable[[], list[dict[str, list[Personal]]]]:
    """Begin to look for the personal values of each field of each row; an account is one whole."""
    asked = [
        (place, name, text)
        for place, one in enumerate(rows)
        for name, text in one.fields.items()
        if name != "account"
    ]
    begun = _elsewhere.begin([text for *_, text in asked], [rows[at].beside for at, *_ in asked])

    def values() -> list[dict[str, list[Personal]]]:
        values = [_account(one.fields.get("account", "")) for one in rows]
        for (place, name, _), some in zip(asked, begun(), strict=True):
            values[place][name] = some
        return values

    return values


def _account(whole: str) -> dict[str, list[Personal]]:
    return {"account": [Personal(0, len(whole), "account", whole, whole)] if whole else []}
