"""Each rule for itself over a batch of texts, whatever the others say: for trials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.screening.firing import Firing
from lianfang.screening.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.guides.program import Program


def fired(program: Program, texts: Sequence[str]) -> dict[str, frozenset[int]]:
    """For each rule's id the numbers of the texts in which it fires."""
    found: dict[str, set[int]] = {rule.id: set() for rule in program.rules}
    layout = Layout(program)
    pairs = Firing(layout, layout.read(texts)).fired
    for text, rule in zip(pairs.text.tolist(), pairs.rule.tolist(), strict=True):
        found[program.rules[rule].id].add(text)
    return {name: frozenset(numbers) for name, numbers in found.items()}
