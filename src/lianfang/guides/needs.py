"""What a condition can't do without: known before a text is read closely."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

from lianfang.guides.language import (
    All,
    Contact,
    Count,
    Either,
    Found,
    Near,
    Obfuscation,
    Order,
)
from lianfang.guides.program import DISGUISED, MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.language import Node
    from lianfang.guides.program import Program

MOST_CLAUSES = 12
"""A condition that needs more is looked at a little too often; nothing is missed."""


def is_plain(node: Node) -> bool:
    """Whether `needs` and `counts` alone decide the condition in a text, contexts apart."""
    match node:
        case Found():
            return True
        case All(parts):
            return all(is_plain(part) for part in parts)
        case Either(parts) | Count(parts, _):
            return all(isinstance(part, Found) for part in parts)
        case _:
            return False


def counts(program: Program, node: Node) -> Iterator[tuple[tuple[int, ...], int]]:
    """Sets, and how many different terms of them the condition can't do without."""
    if isinstance(node, All):
        for part in node.parts:
            yield from counts(program, part)
    elif isinstance(node, Count):
        found = [part for part in node.of if isinstance(part, Found)]
        if len(found) == len(node.of):
            numbers = {number for part in found for number in program.numbers(part.names)}
            yield tuple(sorted(numbers)), node.at_least


def needs(program: Program, node: Node) -> Iterator[tuple[int, ...]]:
    """Clauses that hold wherever the condition may hold."""
    match node:
        case Found(names_):
            yield program.numbers(names_)
        case All(parts):
            for part in parts:
                yield from needs(program, part)
        case Either(parts) | Count(parts, _):
            yield from _either(program, parts)
        case Near(first, then, _) | Order(first, then, _):
            yield from _either(program, first)
            yield from _either(program, then)
        case Contact(kinds):
            yield tuple(sorted(MARKS[f"@may-hold-{kind}!"] for kind in kinds))
        case Obfuscation():
            yield (MARKS[DISGUISED],)
        case _:
            return


def _either(program: Program, parts: tuple[Node, ...]) -> Iterator[tuple[int, ...]]:
    """Clauses for parts of which one must hold: one clause of each, put together.

    A part that needs nothing known beforehand (a number) makes the whole need nothing.
    """
    each = [list(needs(program, part)) for part in parts]
    if not all(each):
        return
    if math.prod(len(clauses) for clauses in each) > MOST_CLAUSES:
        each = [clauses[:1] for clauses in each]
    for choice in product(*each):
        yield tuple(sorted({number for clause in choice for number in clause}))
