"""The condition language: YAML in, a small tree out.

    any: [a, b]        one of them holds             all: [a, b]     each of them holds
    not: a             it doesn't hold               "@set", "词"    a term stands in the unit
    near:  {a: x, b: y, within: 12}                  at most 12 characters between two finds
    order: {first: x, then: y, within: 30}           one after the other (within is optional)
    count: {of: [x, y], at_least: 3}                 that many different terms
    number: {kind: share, at_least: 10}              a number with its unit (see `KINDS`)
    contact: [wechat, phone]                         a handle to get in touch or pay by
    obfuscation: {at_least: 0.05}                    share of the unit that hid listed terms

Where a number is named without a value ("几个点") a comparison is neither true nor false:
`not` of it doesn't hold either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lianfang.errors import GuideError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lianfang.guides.yaml_lines import Document, Place

NUMBER_KINDS = ("price", "money", "share", "duration", "times")
CONTACT_KINDS = ("phone", "wechat", "qq", "handle", "link", "payee")


@dataclass(frozen=True, slots=True)
class Found:
    """Something that stands in the text: terms of named sets, or single terms."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    kind: str
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    kinds: tuple[str, ...]


Operand = Found | Number | Contact


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class Near:
    a: tuple[Operand, ...]
    b: tuple[Operand, ...]
    within: int


@dataclass(frozen=True, slots=True)
class Order:
    first: tuple[Operand, ...]
    then: tuple[Operand, ...]
    within: int | None


@dataclass(frozen=True, slots=True)
class Count:
    of: tuple[Operand, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Obfuscation:
    at_least: float


Node = Operand | Either | All | Not | Near | Order | Count | Obfuscation


class Parser:
    """Turns one condition of a document into a tree.

    Raises:
        GuideError: with the line, what is wrong and what to do.
    """

    def __init__(self, document: Document) -> None:
        self.document = document

    def parse(self, value: Any, place: Place) -> Node:  # noqa: ANN401
        if isinstance(value, str):
            return self._found(value, place)
        if not isinstance(value, dict) or len(value) != 1:
            raise self.error(
                place,
                "a condition has exactly one operator",
                f"put several under `all:` or `any:`; operators: {_names()}",
            )
        [(name, inner)] = value.items()
        operator = OPERATORS.get(name)
        if operator is None:
            raise self.error(place, f"unknown operator `{name}`", f"use one of {_names()}")
        return operator(self, inner, (*place, name))

    def error(self, place: Place, what: str, do: str) -> GuideError:
        return GuideError(what, where=self.document.where(place), do=do)

    def _found(self, value: str, place: Place) -> Found:
        if not value.strip() or value == "@":
            raise self.error(place, "an empty term", 'name a term or a set like "@fee"')
        return Found((value,))

    def parts(self, value: Any, place: Place) -> tuple[Node, ...]:  # noqa: ANN401
        if not isinstance(value, list) or not value:
            raise self.error(place, "needs a list that isn't empty", "write `[a, b]`")
        return tuple(self.parse(part, (*place, i)) for i, part in enumerate(value))

    def operands(self, value: Any, place: Place) -> tuple[Operand, ...]:  # noqa: ANN401
        nodes = self.parts(value, place) if isinstance(value, list) else (self.parse(value, place),)
        plain = [node for node in nodes if isinstance(node, Found | Number | Contact)]
        if len(plain) != len(nodes):
            raise self.error(
                place,
                "only terms, sets, numbers and contacts can stand here",
                "move the other conditions beside it under `all:`",
            )
        return tuple(plain)

    def fields(
        self,
        value: Any,  # noqa: ANN401
        place: Place,
        needed: tuple[str, ...],
        more: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.error(place, "needs named values", f"write {{{': …, '.join(needed)}: …}}")
        missing = [name for name in needed if name not in value]
        unknown = [name for name in value if name not in (*needed, *more)]
        if missing or unknown:
            what = f"lacks `{missing[0]}`" if missing else f"unknown key `{unknown[0]}`"
            raise self.error(place, what, f"keys: {', '.join((*needed, *more))}")
        return value

    def at_least(self, value: Any, place: Place, low: float, high: float) -> float:  # noqa: ANN401
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(place, "not a number", f"write a number from {low:g} to {high:g}")
        if not low <= value <= high:
            raise self.error(place, f"{value:g} is out of range", f"from {low:g} to {high:g}")
        return float(value)

    def one_of(self, value: Any, place: Place, allowed: tuple[str, ...]) -> str:  # noqa: ANN401
        if value not in allowed:
            raise self.error(place, f"unknown kind `{value}`", f"use {', '.join(allowed)}")
        return str(value)


def _any(parser: Parser, value: Any, place: Place) -> Node:  # noqa: ANN401
    parts = parser.parts(value, place)
    if all(isinstance(part, Found) for part in parts):
        return Found(tuple(n for part in parts if isinstance(part, Found) for n in part.names))
    return Either(parts)


def _all(parser: Parser, value: Any, place: Place) -> Node:  # noqa: ANN401
    return All(parser.parts(value, place))


def _not(parser: Parser, value: Any, place: Place) -> Node:  # noqa: ANN401
    return Not(parser.parse(value, place))


def _near(parser: Parser, value: Any, place: Place) -> Node:  # noqa: ANN401
    keys = parser.fields(value, place, ("a", "b", "within"))
    within = parser.at_least(keys["within"], (*place, "within"), 0, 200)
    a, b = (parser.operands(keys[k], (*place, k)) for k in ("a", "b"))
    return Near(a, b, int(within))


def _order(parser: Parser, value: Any, place: Place) -> Node:  # noqa: ANN401
    keys = parser.fields(value, place, ("first", "then"), ("within",))
    first, then = (parser.operands(keys[k], (*place, k)) for k in ("first", "then"))
    within = keys.get("within")
    if within is not None:
        within = int(parser.at_least(within, (*place, "within"), 0, 2000))
    return Order(first, then, within)


def _count(parser: Parser, value: Any, place: Place) -> Node:  # noqa: ANN401
    keys = parser.fields(value, place, ("of", "at_least"))
    least = parser.at_least(keys["at_least"], (*place, "at_least"), 2, 50)
    return Count(parser.operands(keys["of"], (*place, "of")), int(least))


def _number(parser: Parser, value: Any, place: Place) -> Node:  # noqa: ANN401
    keys = parser.fields(value, place, ("kind",), ("at_least", "at_most"))
    kind = parser.one_of(keys["kind"], (*place, "kind"), NUMBER_KINDS)
    bounds = {
        k: parser.at_least(keys[k], (*place, k), 0, 1e12)
        for k in ("at_least", "at_most")
        if k in keys
    }
    return Number(kind, **bounds)


def _contact(parser: Parser, value: Any, place: Place) -> Node:  # noqa: ANN401
    if not isinstance(value, list) or not value:
        raise parser.error(place, "needs a list of kinds", f"kinds: {', '.join(CONTACT_KINDS)}")
    return Contact(
        tuple(parser.one_of(kind, (*place, i), CONTACT_KINDS) for i, kind in enumerate(value))
    )


def _obfuscation(parser: Parser, value: Any, place: Place) -> Node:  # noqa: ANN401
    keys = parser.fields(value, place, ("at_least",))
    return Obfuscation(parser.at_least(keys["at_least"], (*place, "at_least"), 0.001, 1))


OPERATORS: dict[str, Callable[[Parser, Any, Place], Node]] = {
    "any": _any,
    "all": _all,
    "not": _not,
    "near": _near,
    "order": _order,
    "count": _count,
    "number": _number,
    "contact": _contact,
    "obfuscation": _obfuscation,
}


def _names() -> str:
    return ", ".join(OPERATORS)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Either(parts) | All(parts):
            return parts
        case Not(part):
            return (part,)
        case Near(a, b, _):
            return (*a, *b)
        case Order(first, then, _):
            return (*first, *then)
        case Count(of, _):
            return of
        case _:
            return ()


def names(node: Node) -> set[str]:
    """Every set and term that a condition names."""
    return {name for part in walk(node) if isinstance(part, Found) for name in part.names}
