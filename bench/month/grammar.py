"""Templates with slots, from `words.yaml`: read, checked, and expanded."""

from __future__ import annotations

import re
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from lianfang.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from random import Random

    Words = Mapping[str, Sequence[str]]
    Choices = Mapping[str, Sequence[str] | range]

WORDS = Path(__file__).with_name("words.yaml")
_SLOT = re.compile(r"\{([^{}]+)\}")
_RANGE = re.compile(r"(\d+)-(\d+)(?:/(\d+))?")


class Grammar:
    """Templates by their place (`posts/offer/credit-repair`), and the words of slots.

    Args:
        file: a YAML file like `words.yaml`.

    Raises:
        InputError: it has another shape, a slot has no words, or leads back to itself.
    """

    def __init__(self, file: Path = WORDS) -> None:
        content = _read(file)
        words: Words = {**content.words, **content.parts}
        self.templates: Words = content.templates
        used = _slots([*_flat(words), *_flat(self.templates)])
        self._words: Choices = {**{slot: _numbers(slot, file) for slot in used - {*words}}, **words}
        _check_order(words, file)

    def expand(self, text: str, rng: Random) -> str:
        """Fill all slots; marks of personal values (`<mobile>`) stay."""
        words, draw = self._words, rng.random

        def put(match: re.Match[str]) -> str:
            choices = words[match[1]]
            return str(choices[int(draw() * len(choices))])

        while "{" in text:
            text = _SLOT.sub(put, text)
        return text

    def draw(self, place: str, rng: Random, at: float | None = None) -> str:
        """A text of one of the templates of a place, personal values still open.

        Args:
            place: such as `posts/question`.
            rng: where all is drawn from.
            at: from 0 to less than 1: which template, from first to last; else any.
        """
        choices = self.templates[place]
        where = rng.random() if at is None else at
        return self.expand(choices[int(where * len(choices))], rng)


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: dict[str, list[str]]
    parts: dict[str, list[str]]
    templates: dict[str, list[str]]


def _read(file: Path) -> _Content:
    try:
        return msgspec.yaml.decode(file.read_bytes(), type=_Content)
    except msgspec.MsgspecError as error:
        raise InputError(
            str(error), where=str(file), do="keep to the shape of words.yaml"
        ) from error


@cache
def grammar() -> Grammar:
    """The shipped grammar."""
    return Grammar()


def _flat(words: Words) -> Iterable[str]:
    return (text for texts in words.values() for text in texts)


def _slots(texts: Iterable[str]) -> set[str]:
    return {slot for text in texts for slot in _SLOT.findall(text)}


def _numbers(slot: str, file: Path) -> range:
    match = _RANGE.fullmatch(slot)
    if match is None or int(match[1]) > int(match[2]):
        raise InputError(
            f"slot {{{slot}}} has no words", where=str(file), do="add it, or write {3-12}"
        )
    return range(int(match[1]), int(match[2]) + 1, int(match[3] or 1))


def _check_order(words: Words, file: Path) -> None:
    try:
        TopologicalSorter({slot: _slots(texts) for slot, texts in words.items()}).prepare()
    except CycleError as error:
        cycle = " → ".join(error.args[1])
        raise InputError(
            f"slots lead back to themselves: {cycle}", where=str(file), do="break the circle"
        ) from error
