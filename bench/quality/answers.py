"""What a method answers to a text, whatever the method is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.quality.data import Item
    from lianfang import Screener
    from lianfang.model import Stance


@dataclass(frozen=True, slots=True)
class Answer:
    """`suspect` is None where a person must look; `stance` is None where none is told."""

    suspect: bool | None
    activities: frozenset[str]
    stance: Stance | None = None


Method = Callable[[Sequence[str]], list[Answer]]


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text and what a method answered."""

    item: Item
    answer: Answer


def cases(method: Method, items: Sequence[Item]) -> list[Case]:
    """Ask a method about every item."""
    answers = method([item.text for item in items])
    return [Case(item, answer) for item, answer in zip(items, answers, strict=True)]


def screening(screener: Screener) -> Method:
    """The screener as a method."""

    def answer(texts: Sequence[str]) -> list[Answer]:
        return [
            Answer(v.suspect, frozenset(a.id for a in v.activities), v.stance)
            for v in screener.screen(texts)
        ]

    return answer
