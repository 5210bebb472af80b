"""Each rule for itself over a batch of texts, whatever the others say.

Screening skips rules that can't change a verdict. A trial asks of each rule what it finds.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lianfang.screening.conditions import fire
from lianfang.screening.finds import Finds, Index
from lianfang.screening.reading import Reading
from lianfang.text.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.guides.program import Program, Rule


class Alone:
    """One batch of texts, read once for all rules."""

    def __init__(self, program: Program, texts: Sequence[str]) -> None:
        self._finds = Finds(Index(program), Stream.of(texts))
        self._may_fire = self._finds.may_fire()
        self._reading = cache(lambda text: Reading(self._finds, text))

    def texts(self, rule: Rule) -> frozenset[int]:
        """Numbers of the texts in which the rule fires."""
        may = self._may_fire[rule.index]
        return frozenset(text for text in may if fire(rule, self._reading(text)) is not None)


def fired(program: Program, texts: Sequence[str]) -> dict[str, frozenset[int]]:
    """For each rule's id the numbers of the texts in which it fires."""
    if not texts:
        return {rule.id: frozenset() for rule in program.rules}
    batch = Alone(program, texts)
    return {rule.id: batch.texts(rule) for rule in program.rules}
