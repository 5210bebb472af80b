"""Which rules fire in which texts of a batch.

Three steps, each on what the one before leaves over:

1. every rule, over the whole batch, by the sets that it needs (arrays);
2. the guides' own features, closely, in the texts where they may fire;
3. shared features, closely, in the texts that the guides' features speak of. Elsewhere they
   could change nothing: a text that is about no activity is clear whatever it promises.

A stance is still wanted of every text. Features that presence alone decides are taken from
step 1; the others are read closely wherever they may fire.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lianfang.model import OFFENDING
from lianfang.screening.conditions import fire
from lianfang.screening.judge import Evidence
from lianfang.screening.reading import Hit, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.program import Rule
    from lianfang.screening.finds import Finds


class Firing:
    """The rules that fired in one batch.

    Attributes:
        places: for each text that is about something, each rule that fired and its places.
    """

    def __init__(self, finds: Finds) -> None:
        self.finds = finds
        self.places: dict[int, dict[int, list[Hit]]] = {}
        self._readings: dict[int, Reading] = {}
        self._extra: list[tuple[int, int]] = []
        rules = finds.index.program.rules
        self._may = finds.may_fire()
        for rule in rules:
            if rule.guide:
                self._read(rule, self._may[rule.index])
        concerned = frozenset(self.places)
        for rule in rules:
            if not rule.guide and self._may[rule.index]:
                self._shared(rule, concerned)

    def _shared(self, rule: Rule, concerned: frozenset[int]) -> None:
        may = self._may[rule.index]
        self._read(rule, [text for text in may if text in concerned])
        stance = rule.feature.stance
        if stance is None or stance in OFFENDING:
            return
        others = [text for text in may if text not in concerned]
        if not rule.plain:
            others = [text for text in others if fire(rule, self.reading(text)) is not None]
        self._extra.extend((rule.index, text) for text in others)

    def _read(self, rule: Rule, texts: list[int]) -> None:
        for text in texts:
            places = fire(rule, self.reading(text))
            if places is not None:
                self.places.setdefault(text, {})[rule.index] = places

    def reading(self, text: int) -> Reading:
        """The close reading of one text, made once."""
        if text not in self._readings:
            self._readings[text] = Reading(self.finds, text)
        return self._readings[text]

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """Every (rule, text) that fired."""
        return [*self._extra, *self._told()]

    def _told(self) -> Iterator[tuple[int, int]]:
        for text, rules in self.places.items():
            for rule in rules:
                yield rule, text

    def evidence(self) -> Evidence:
        """What a judge weighs."""
        table = np.array(self.pairs, dtype=np.int64).reshape(-1, 2)
        return Evidence(table[:, 0], table[:, 1], len(self.finds.stream.texts))
