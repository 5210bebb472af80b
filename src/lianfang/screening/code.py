"""Conditions as a list of operations in postfix order: operands first, then what joins them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.guides import language as lang

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from lianfang.guides.program import Program
    from lianfang.text.stream import Ints

FOUND, NUMBER, ALL, ANY, NOT, NEAR, ORDER, COUNT, HIDDEN = range(9)
UNITS = ("sentence", "turn", "text")
MILLION = 1_000_000

Operation = tuple[int, int, int, int]


class Code(NamedTuple):
    """Operations of all rules.

    Attributes:
        ops: rows (operation, a, b, c), a share in millionths; those of rule `r` are
            `[first[r], first[r + 1])`.
        operands: the sets that each operand takes its places from; those of operand `o` are
            `[first_set[o], first_set[o + 1])`.
        unit: kind of unit that each rule is evaluated in, index into `UNITS`.
        unless: bits of the contexts that take places away.
        most: operations that the longest rule has.
    """

    ops: Ints
    first: Ints
    operands: Ints
    first_set: Ints
    unit: Ints
    unless: NDArray[np.uint64]
    most: int


class Operands:
    """Writes the code of a program, and numbers what its operations take places from."""

    def __init__(
        self,
        program: Program,
        contact_sets: dict[str, int],
        number_sets: dict[lang.Number, tuple[int, int]],
    ) -> None:
        self._program, self._contacts, self._numbers = program, contact_sets, number_sets
        self._operands: dict[tuple[int, ...], int] = {}
        self._rules = [list(self._write(rule.node)) for rule in program.rules]
        parts = [[type(part) for part in lang.walk(rule.node)] for rule in program.rules]
        self.wants_contacts = np.array([lang.Contact in kinds for kinds in parts], dtype=bool)
        self.wants_numbers = np.array([lang.Number in kinds for kinds in parts], dtype=bool)

    def code(self) -> Code:
        """The arrays."""
        rules, features = self._rules, [rule.feature for rule in self._program.rules]
        contexts = {name: i for i, name in enumerate(self._program.contexts)}
        unless = [sum(1 << contexts[name] for name in set(f.unless)) for f in features]
        rows = [operation for rule in rules for operation in rule]
        return Code(
            np.array(rows, dtype=np.int64).reshape(-1, 4),
            np.cumsum([0, *map(len, rules)], dtype=np.int64),
            np.array([number for sets in self._operands for number in sets], dtype=np.int64),
            np.cumsum([0, *map(len, self._operands)], dtype=np.int64),
            np.array([UNITS.index(f.unit) for f in features], dtype=np.int64),
            np.array(unless, dtype=np.uint64),
            max(map(len, rules), default=1),
        )

    def _operand(self, parts: Iterable[lang.Operand]) -> int:
        sets = sorted({number for part in parts for number in self._sets(part)})
        return self._operands.setdefault(tuple(sets), len(self._operands))

    def _sets(self, part: lang.Operand) -> tuple[int, ...]:
        match part:
            case lang.Found(names):
                return self._program.numbers(names)
            case lang.Contact(kinds):
                return tuple(self._contacts[kind] for kind in kinds)
            case lang.Number():
                return (self._numbers[part][0],)

    def _write(self, node: lang.Node) -> list[Operation]:
        match node:
            case lang.All(parts) | lang.Either(parts):
                join = ALL if isinstance(node, lang.All) else ANY
                inner = [operation for part in parts for operation in self._write(part)]
                return [*inner, (join, len(parts), 0, 0)]
            case lang.Not(part):
                return [*self._write(part), (NOT, 0, 0, 0)]
            case lang.Obfuscation(level):
                return [(HIDDEN, round(MILLION * level), 0, 0)]
            case _:
                return [self._single(node)]

    def _single(self, node: lang.Node) -> Operation:
        match node:
            case lang.Number():
                unknown = self._operands.setdefault((self._numbers[node][1],), len(self._operands))
                return (NUMBER, self._operand((node,)), unknown, 0)
            case lang.Near(a, b, within):
                return (NEAR, self._operand(a), self._operand(b), within)
            case lang.Order(first, then, within):
                reach = -1 if within is None else within
                return (ORDER, self._operand(first), self._operand(then), reach)
            case lang.Count(of, least):
                return (COUNT, self._operand(of), least, 0)
            case lang.Found() | lang.Contact():
                return (FOUND, self._operand((node,)), 0, 0)
            case _:
                raise AssertionError(node)
