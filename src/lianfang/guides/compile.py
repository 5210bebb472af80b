"""A library turned into a program: conditions parsed, patterns collected, needs worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.guides.language import (
    All,
    Count,
    Either,
    Found,
    Near,
    Node,
    Not,
    Order,
    Parser,
    children,
    walk,
)
from lianfang.guides.needs import counts as counts_of
from lianfang.guides.needs import is_plain
from lianfang.guides.needs import needs as needs_of
from lianfang.guides.patterns import Patterns
from lianfang.guides.program import Program, Rule

if TYPE_CHECKING:
    from lianfang.guides.library import Library
    from lianfang.guides.model import Feature
    from lianfang.guides.yaml_lines import Document, Place


def compile_library(library: Library) -> Program:
    """Make the program of a library.

    Raises:
        GuideError: a condition is malformed or names a set that isn't there.
    """
    program = Program(library, contexts=library.contexts, guides=tuple(library.guides))
    parsed = [
        (guide, feature, _parse(program, document, place), document.where(place))
        for guide, feature, document, place in library.features()
    ]
    patterns = Patterns(program)
    for _, _, node, _ in parsed:
        for part in walk(node):
            if isinstance(part, Found):
                patterns.add(part.names)
    for context in program.contexts.values():
        patterns.add(tuple(name for name in (context.cue, context.until) if name))
    patterns.finish()
    for guide, feature, node, where in parsed:
        rule = _rule(program, len(program.rules), guide, feature, node, where)
        program.rules.append(rule)
    return program


def _rule(  # noqa: PLR0917
    program: Program, index: int, guide: str | None, feature: Feature, node: Node, where: str
) -> Rule:
    plain = feature.unit == "text" and not feature.unless and is_plain(node)
    needs = tuple(dict.fromkeys(needs_of(program, node)))
    unless = program.one(feature.unless)
    counts = tuple(counts_of(program, node))
    return Rule(index, guide, feature, node, unless, where, needs, counts, plain)


def _parse(program: Program, document: Document, place: Place) -> Node:
    node = Parser(document).parse(document_value(document, place), (*place, "when"))
    return _shared_parts(program, _words_first(node))


def _shared_parts(program: Program, node: Node) -> Node:  # noqa: PLR0911
    """The same tree, its equal operands one object."""
    match node:
        case All(parts):
            return All(tuple(_shared_parts(program, part) for part in parts))
        case Either(parts):
            return Either(tuple(_shared_parts(program, part) for part in parts))
        case Not(part):
            return Not(_shared_parts(program, part))
        case Near(a, b, within):
            return Near(tuple(map(program.one, a)), tuple(map(program.one, b)), within)
        case Order(first, then, within):
            return Order(tuple(map(program.one, first)), tuple(map(program.one, then)), within)
        case Count(of, least):
            return Count(tuple(map(program.one, of)), least)
        case _:
            return program.one(node)


def document_value(document: Document, place: Place) -> object:
    """The condition of the feature at a place."""
    value = document.value
    for key in (*place, "when"):
        value = value[key]
    return value


def _words_first(node: Node) -> Node:
    """Put cheap parts first, so that a conjunction fails early."""
    match node:
        case All(parts):
            return All(tuple(sorted(map(_words_first, parts), key=_cost)))
        case Either(parts):
            return Either(tuple(map(_words_first, parts)))
        case Not(part):
            return Not(_words_first(part))
        case _:
            return node


def _cost(node: Node) -> int:
    return 0 if isinstance(node, Found) else 1 + len(children(node))
