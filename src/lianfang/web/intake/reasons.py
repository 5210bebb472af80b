"""Why a verdict is what it is, in the reader's language."""

from __future__ import annotations

from typing import Any

from lianfang.web.core.words import say
from lianfang.web.intake.naming import english, named
from lianfang.web.intake.showing import readable, side_of

QUOTES = 5


def reasons(verdict: dict[str, Any]) -> list[dict[str, Any]]:
    """The features of a verdict with what is to be said of each."""
    return [_reason(hit) for hit in verdict.get("features", [])]


def about(verdict: dict[str, Any]) -> list[tuple[str, int]]:
    """Activities of a verdict by their names, with their scores in percent."""
    return [(named(one["id"]), round(100 * one["score"])) for one in verdict.get("activities", [])]


def _reason(hit: dict[str, Any]) -> dict[str, Any]:
    said = english(hit["id"])
    quotes = list(dict.fromkeys(readable(span["text"]) for span in hit["spans"]))
    return {
        "label": said.label if said else hit["label"],
        "why": said.why if said else hit["why"],
        "side": side_of(hit),
        "strength": say(hit["strength"]),
        "quotes": quotes[:QUOTES],
        "stance": say(f"stance_{hit['stance']}") if hit["stance"] else "",
    }
