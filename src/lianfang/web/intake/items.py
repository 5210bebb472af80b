"""What rows become: items, personal values replaced by tokens.

The values are numbered here, before their rows are kept: rows that nobody keeps leave at most
sealed values behind, which the same rows find again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from msgspec.json import encode

from lianfang.privacy.tokens import tokenise, without_brackets
from lianfang.web.intake.bigrams import searchable
from lianfang.web.intake.models import Delivery, Item, Kind
from lianfang.web.intake.screening import folds, told
from lianfang.web.vault.services import keyed_all, numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lianfang.files import Reject
    from lianfang.model import Verdict
    from lianfang.privacy.tokens import Personal
    from lianfang.web.intake.reading import Batch, Read

    Number = Callable[[Personal], int]

Columns = dict[str, list[Any]]
"""Of items, by name; they are equally long."""

_HALF_TOKEN = re.compile(r"⟦[^⟧]*\Z")


class Made(NamedTuple):
    """Rows of a file that follow each other, as they can be kept.

    Attributes:
        columns: of the items that they become, of rows that are alike of the first.
        good: how many can be used.
        bad: those that can't.
        last, share: as of a `Batch`.
    """

    columns: Columns
    good: int
    bad: list[Reject]
    last: int
    share: float


def make(*, delivery: Delivery, batch: Batch) -> Made:
    """Make of rows what is kept of them; the session must see the delivery's purpose."""
    keys = keyed_all(purpose=delivery.purpose, contents=[one.row.said for one in batch.good])
    new: dict[bytes, Read] = {}
    for key, one in zip(keys, batch.good, strict=True):
        new.setdefault(key, one)
    columns = {"key": list(new), **_columns(delivery, list(new.values()))}
    return Made(columns, len(batch.good), batch.bad, batch.last, batch.share)


def _columns(delivery: Delivery, reads: Sequence[Read]) -> Columns:
    values = {value[2:4] for one in reads for found in one.values.values() for value in found}
    with transaction.atomic():
        kept = numbers(purpose=delivery.purpose, values=values)

    def number(value: Personal) -> int:
        return kept[value[2:4]]

    saying = [
        told(one.verdict, one.row.fields["text"], one.values["text"], number) for one in reads
    ]
    texts, verdicts = [token.text for token, _ in saying], [said for _, said in saying]
    found = searchable(texts, verdicts)
    alike = keyed_all(purpose=delivery.purpose, contents=[one.encode() for one in folds(texts)])
    kind = delivery.source.kind
    return {
        "fold": alike,
        "row": [one.row.row.number for one in reads],
        "text": texts,
        "said": found.said,
        "bigrams": found.bigrams,
        **{name: _field(name, reads, number) for name in LONGEST},
        "suspect": [suspicion(kind, one.verdict) for one in reads],
        "stance": [one.verdict.stance.value for one in reads],
        "score": [one.verdict.score for one in reads],
        "verdict": [encode(said).decode() for said in verdicts],
    }


def _field(name: str, reads: Sequence[Read], number: Number) -> list[str]:
    """One of the columns beside the text; "" where a row doesn't tell it."""
    texts = [one.row.fields.get(name, "") for one in reads]
    some = [one.values.get(name, ()) for one in reads]
    hidden = (
        tokenise(text, values, number).text if values else without_brackets(text)
        for text, values in zip(texts, some, strict=True)
    )
    longest = LONGEST[name]
    return [one if longest is None or len(one) <= longest else _cut(one, longest) for one in hidden]


def suspicion(kind: str, verdict: Verdict) -> bool | None:
    """A letter alone is never suspect: that it comes from a mill shows across letters."""
    return verdict.suspect if kind != Kind.LETTER else (None if verdict.suspect else False)


def _longest(field: str) -> int | None:
    found = Item._meta.get_field(field)  # noqa: SLF001  Django's public name for it
    return getattr(found, "max_length", None)


LONGEST = {name: _longest(name) for name in ("platform", "account", "url", "published")}
"""What a row tells beside its text, and how many characters are kept of it."""


def _cut(text: str, longest: int) -> str:
    """A token is whole or not there."""
    return _HALF_TOKEN.sub("", text[:longest])
