"""Items by what they say: two characters or more, in any spelling that the scanner reads alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from lianfang.errors import InputError
from lianfang.privacy.tokens import personal
from lianfang.text.stream import Stream
from lianfang.web.alerts.models import Occurrence
from lianfang.web.intake.bigrams import bigrams, read, without_tokens
from lianfang.web.intake.models import Item

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 60
"""Characters of a question."""

_ASK = "SELECT search_items(%s::integer[], %s, %s, %s, %s)"


class Found(NamedTuple):
    """An item that says it, its alert if it has one, and where the text says it."""

    item: Item
    occurrence: Occurrence | None
    spans: list[tuple[int, int]]


class TooShortError(InputError):
    """Two characters that stand side by side are needed."""


class PersonalError(InputError):
    """Personal values can't be searched: the texts have none."""


def checked(asked: str) -> str:
    """A question that can be asked, without what stands around it.

    Raises:
        TooShortError: it has no two letters, digits or Han characters side by side.
        PersonalError: it is or holds a personal value, which no address may tell.
    """
    asked = " ".join(asked.replace("\0", "").split())[:LONGEST]
    if personal(asked):
        raise PersonalError("a personal value", where="q", do="search for other words")
    if not bigrams(read(asked)).size:
        raise TooShortError("too short", where="q", do="write two characters or more")
    return asked


def search(asked: str, *, alerts_only: bool, size: int, before: int | None = None) -> list[Found]:
    """The newest items that say it, `size` at most; `before` goes on from an item's number."""
    said = read(checked(asked))
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [bigrams(said).tolist(), said, before, alerts_only, size])
        numbers = [number for (number,) in cursor.fetchall()]
    return _found(numbers, said)


def _found(numbers: list[int], said: str) -> list[Found]:
    items = Item.objects.filter(pk__in=numbers).select_related("source").order_by("-pk")
    of = {
        one.item_id: one
        for one in Occurrence.objects.filter(item__in=numbers).select_related("alert")
    }
    return [
        Found(item, of.get(item.pk), _spans(item, said)) for item in items.defer("said", "bigrams")
    ]


def _spans(item: Item, said: str) -> list[tuple[int, int]]:
    """Where a text says it, as it is written there, or else the disguised words that do."""
    stream = Stream.of([without_tokens(item.text)])
    spans = [stream.original_span(0, at, at + len(said)) for at in _places(stream.text, said)]
    undone = item.verdict.get("rewritings", ())
    return spans or [(one["start"], one["end"]) for one in undone if said in read(one["became"])]


def _places(text: str, said: str) -> Iterable[int]:
    at = text.find(said)
    while at >= 0:
        yield at
        at = text.find(said, at + len(said))
