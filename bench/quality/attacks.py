"""Attacks: a caution set beside an advert, as the trade does to pass a filter.

What is caught must stay caught; and a warning that was clear must stay clear, so that a
screener can't pass by distrusting cautions.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.quality.rates import Rate
from lianfang.model import Stance

if TYPE_CHECKING:
    from bench.quality.answers import Answer, Method
    from bench.quality.data import Item

MOST = 4000
SENTENCE_ENDS = "。!?!?…~"

Join = Callable[[str, str], str]


def appended(text: str, caution: str) -> str:
    """The caution as a sentence of its own at the end."""
    return f"{_ended(text)}{caution}"


def prepended(text: str, caution: str) -> str:
    """The caution as a sentence of its own at the beginning."""
    return f"{_ended(caution)}{text}"


def with_comma(text: str, caution: str) -> str:
    """The caution in the last sentence of the text, after a comma."""
    return f"{text.rstrip(SENTENCE_ENDS)},{caution}"


JOINS: dict[str, Join] = {
    "appended": appended,
    "prepended": prepended,
    "joined with a comma": with_comma,
}


def _ended(text: str) -> str:
    return text if text.endswith(tuple(SENTENCE_ENDS)) else f"{text}。"


@dataclass(frozen=True, slots=True)
class Attack:
    """A text made from line `line` in the way `how`."""

    line: int
    how: str
    text: str


def attacks(
    texts: Sequence[str], cautions: Sequence[str], *, most: int = MOST, seed: int = 0
) -> list[Attack]:
    """Every text with every caution in every way; where that is too much, a seeded sample."""
    plan = [
        (line, how, caution) for line in range(len(texts)) for how in JOINS for caution in cautions
    ]
    if len(plan) > most:
        chosen = sorted(random.Random(seed).sample(range(len(plan)), most))
        plan = [plan[i] for i in chosen]
    return [Attack(line, how, JOINS[how](texts[line], caution)) for line, how, caution in plan]


@dataclass(frozen=True, slots=True)
class Withstood:
    """What became of some lines under attack.

    Attributes:
        before: lines that the method had right without an attack: only these are attacked.
        texts: attacked texts that it still has right.
        lines: lines that it has right in every attacked text.
        ways: `texts` for each way to join.
    """

    before: Rate
    texts: Rate
    lines: Rate
    ways: dict[str, Rate]


def stay_caught(
    method: Method, items: Sequence[Item], cautions: Sequence[str], seed: int
) -> Withstood:
    """Offending lines: caught before, and still caught."""
    offending = [item.text for item in items if item.offends]
    return _withstood(method, offending, cautions, seed, lambda a: a.suspect is True)


def stay_clear(
    method: Method, items: Sequence[Item], cautions: Sequence[str], seed: int
) -> Withstood:
    """Warnings: clear before, and still clear."""
    warnings = [item.text for item in items if item.stance is Stance.WARN]
    return _withstood(method, warnings, cautions, seed, lambda a: a.suspect is False)


def _withstood(
    method: Method,
    texts: Sequence[str],
    cautions: Sequence[str],
    seed: int,
    right: Callable[[Answer], bool],
) -> Withstood:
    before = [right(answer) for answer in method(texts)]
    kept = [text for text, ok in zip(texts, before, strict=True) if ok]
    made = attacks(kept, cautions, seed=seed)
    after = [right(answer) for answer in method([attack.text for attack in made])]
    marked = list(zip(made, after, strict=True))
    lost = {attack.line for attack, ok in marked if not ok}
    tried = {attack.line for attack in made}
    ways = {how: Rate.of(ok for attack, ok in marked if attack.how == how) for how in JOINS}
    return Withstood(Rate.of(before), Rate.of(after), Rate(len(tried - lost), len(tried)), ways)
