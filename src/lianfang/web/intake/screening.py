"""A text judged as it was written, and told without its personal values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from lianfang.indicators.mask import BULLET
from lianfang.privacy.tokens import tokenise
from lianfang.screening.quoted import quoting, tells
from lianfang.text.stream import normalised
from lianfang.text.writable import writable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lianfang.model import Verdict
    from lianfang.privacy.tokens import Personal, Tokenised

NUL, SHOWN_NUL = "\0", "␀"
_TOKEN = re.compile(r"⟦([a-z-]+):\d+⟧")
_NOT_SAID = re.compile(r"[\W\d_]+")


def storable(text: str) -> str:
    """A text that the database takes: as long as before, without NUL and lone surrogates."""
    if text.isprintable():  # so are most, and neither of the two is
        return text
    return writable(text).replace(NUL, SHOWN_NUL)


def fold(text: str) -> str:
    """What two texts have in common that differ by values, numbers, signs and decoration."""
    return folds([text])[0]


def folds(texts: Sequence[str]) -> list[str]:
    """As `fold`, for many texts."""
    read = normalised([_TOKEN.sub(r"\1", text) for text in texts])
    return [_NOT_SAID.sub("", text) for text in read]


def told(
    verdict: Verdict, text: str, values: Sequence[Personal], number: Callable[[Personal], int]
) -> tuple[Tokenised, dict[str, Any]]:
    """The text with its tokens, and the verdict as JSON with spans counted there.

    Args:
        verdict: of the text as it was written.
        text: as it was written.
        values: its personal values.
        number: of each value.
    """
    token = tokenise(text, values, number)
    if not tells(verdict):
        return token, {"guides": verdict.guides}
    if token.text != text:
        verdict = _hidden(verdict, text, values)
    made: dict[str, Any] = msgspec.to_builtins(verdict)
    if token.text != text:
        _move(made, token)
    for turn in made["turns"]:
        turn.pop("speaker")
    return token, {key: made[key] for key in KEPT}


def _hidden(verdict: Verdict, text: str, values: Sequence[Personal]) -> Verdict:
    """The verdict with bullets for the values that it quotes; spans are quoted anew by `_move`."""
    hidden = list(text)
    for one in values:
        hidden[one.start : one.end] = BULLET * (one.end - one.start)
    bare = tuple([replace(hit, spans=()) for hit in verdict.features])
    quoted = quoting(replace(verdict, features=bare), "".join(hidden))
    return replace(quoted, features=verdict.features)


def _move(made: dict[str, Any], token: Tokenised) -> None:
    spans = [span for hit in made["features"] for span in hit["spans"]]
    spans += [*made["rewritings"], *filter(None, [made["decided_by"]])]
    moved: dict[tuple[int, int], dict[str, Any]] = {}
    for span in spans:
        place = span["start"], span["end"]
        if place not in moved:
            start, end = token.span(*place)
            moved[place] = {"start": start, "end": end, "text": token.text[start:end]}
        span.update(moved[place])
    for turn in made["turns"]:
        turn["start"], turn["end"] = token.span(turn["start"], turn["end"])


KEPT = ("activities", "features", "rewritings", "decided_by", "guides", "weights", "turns")
