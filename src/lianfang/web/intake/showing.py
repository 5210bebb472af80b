"""A text in pieces: what to mark, what stands for a personal value, what was disguised."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.safestring import mark_safe

from lianfang.indicators.mask import BULLET
from lianfang.privacy.tokens import personal
from lianfang.web.core.words import value_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.utils.safestring import SafeString

TOKEN = re.compile(r"⟦([a-z-]+):(\d+)⟧")


def readable(text: str) -> str:
    """A text on one line, its tokens in words."""
    return TOKEN.sub(lambda found: f"〔{value_name(found[1])} {found[2]}〕", text)


class Piece(NamedTuple):
    """A piece of a text.

    Attributes:
        text: what is shown.
        side: `offends`, `eases`, `topic` or "".
        labels: names of the features that mark it.
        kind, number: of the personal value that it stands for, else "" and 0.
    """

    text: str
    side: str = ""
    labels: str = ""
    kind: str = ""
    number: int = 0


SIDES = ("offends", "topic", "eases")
OFFENDING = ("offer", "instruct", "act")


def side_of(hit: dict[str, Any]) -> str:
    """What a feature speaks for."""
    if hit["stance"] is None:
        return "topic"
    return "offends" if hit["stance"] in OFFENDING else "eases"


def pieces(text: str, features: list[dict[str, Any]]) -> Iterator[Piece]:
    """Cut a text where marks and tokens begin and end.

    Args:
        text: with tokens.
        features: of its verdict, spans counted in the text.
    """
    marks = [
        (span["start"], span["end"], side_of(hit), hit["label"])
        for hit in features
        for span in hit["spans"]
    ]
    tokens = {found.start(): found for found in TOKEN.finditer(text)}
    for start, end in _bounds(text, marks, tokens):
        on = [mark for mark in marks if mark[0] < end and mark[1] > start]
        side = min((mark[2] for mark in on), key=SIDES.index, default="")
        labels = "、".join(dict.fromkeys(mark[3] for mark in on))
        token = tokens.get(start)
        kind, number = (value_name(token[1]), int(token[2])) if token else ("", 0)
        yield Piece(text[start:end], side, labels, kind, number)


def marked(some: Iterable[Piece]) -> SafeString:
    """Pieces as the lists show them, escaped; a template would take ten times as long."""
    return mark_safe("".join(map(_marked, some)))  # noqa: S308  each is escaped


def _marked(one: Piece) -> str:
    if one.number:
        return f'<span class="value">{escape(one.kind)} {one.number}</span>'
    if one.side:
        return f'<mark class="{one.side}" title="{escape(one.labels)}">{escape(one.text)}</mark>'
    return escape(one.text)


def _bounds(
    text: str, marks: list[tuple[int, int, str, str]], tokens: dict[int, re.Match[str]]
) -> list[tuple[int, int]]:
    """No token is cut."""
    whole = [found.span() for found in tokens.values()]
    cuts = {0, len(text), *(place for span in whole for place in span)}
    for mark in marks:
        cuts |= {place for place in mark[:2] if not any(a < place < b for a, b in whole)}
    ordered = sorted(cuts)
    return list(pairwise(ordered))


def around(text: str, spans: list[tuple[int, int]], wide: int) -> Iterator[Piece]:
    """A text from a little before the first span on, the spans marked.

    Args:
        text: with tokens.
        spans: in order; of none the text's beginning is shown.
        wide: characters before the first, and four times as many from there on.
    """
    first = spans[0][0] if spans else 0
    start = _outside(text, max(first - wide, 0))
    end = _outside(text, min(first + 4 * wide, len(text)))
    marks = [{"start": max(a - start, 0), "end": min(b, end) - start} for a, b in spans if a < end]
    if start:
        yield Piece("…")
    yield from pieces(text[start:end], [{"label": "", "stance": None, "spans": marks}])
    if end < len(text):
        yield Piece("…")


def _outside(text: str, place: int) -> int:
    """A place, or the beginning of the token that it stands in."""
    within = (
        found.start() for found in TOKEN.finditer(text) if found.start() < place < found.end()
    )
    return next(within, place)


def veiled(text: str, *, whole: bool = False) -> str:
    """A text in which of each personal value just its first character is seen.

    Args:
        text: as somebody wrote it.
        whole: all of it is such a value.
    """
    if whole:
        return text[:1] + BULLET * (len(text) - 1)
    shown = list(text)
    for one in personal(text):
        shown[one.start + 1 : one.end] = BULLET * (one.end - one.start - 1)
    return "".join(shown)
