"""A text judged as it was written, and told without its personal values."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from lianfang.indicators.mask import BULLET
from lianfang.privacy.tokens import tokenise
from lianfang.screening import Screener
from lianfang.screening.quoted import quoting, tells
from lianfang.text.stream import normalise
from lianfang.text.writable import writable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lianfang.model import Verdict
    from lianfang.privacy.tokens import Personal, Tokenised

NUL, SHOWN_NUL = "\0", "␀"
_TOKEN = re.compile(r"⟦([a-z-]+):\d+⟧")
_NOT_SAID = re.compile(r"[\W\d_]+")


@cache
def screener() -> Screener:
    """The screener of this process, with the shipped guides; a second to make."""
    return Screener()


def storable(text: str) -> str:
    """A text that the database takes: as long as before, without NUL and lone surrogates."""
    return writable(text).replace(NUL, SHOWN_NUL)


def fold(text: str) -> str:
    """What two texts have in common that differ by values, numbers, signs and decoration."""
    return _NOT_SAID.sub("", normalise(_TOKEN.sub(r"\1", text)))


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
    hidden = list(text)
    for one in values:
        hidden[one.start : one.end] = BULLET * (one.end - one.start)
    return token, _moved(quoting(verdict, "".join(hidden)), token)


def _moved(verdict: Verdict, token: Tokenised) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(verdict)
    spans = [span for hit in made["features"] for span in hit["spans"]]
    spans += [*made["rewritings"], *filter(None, [made["decided_by"]])]
    for span in spans:
        start, end = token.span(span["start"], span["end"])
        span.update(start=start, end=end, text=token.text[start:end])
    for turn in made["turns"]:
        turn["start"], turn["end"] = token.span(turn["start"], turn["end"])
        turn.pop("speaker")
    return {key: made[key] for key in KEPT}


KEPT = ("activities", "features", "rewritings", "decided_by", "guides", "weights", "turns")
