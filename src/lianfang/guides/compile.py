"""A library turned into a program: conditions parsed, patterns collected, needs worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.guides.language import Found, Node, Parser, walk
from lianfang.guides.needs import counts as counts_of
from lianfang.guides.needs import is_plain
from lianfang.guides.needs import needs as needs_of
from lianfang.guides.patterns import Patterns
from lianfang.guides.program import DISGUISED_SET, TURNED_SET, Disguised, Program, Rule

if TYPE_CHECKING:
    from lianfang.guides.library import Library
    from lianfang.guides.model import Feature
    from lianfang.guides.yaml_lines import Document, Place


def compile_library(library: Library) -> Program:
    """Make the program of a library.

    Raises:
        GuideError: a condition is malformed or names a set that isn't there.
    """
    program = Program(
        library,
        contexts=library.contexts,
        guides=tuple(library.guides),
        disguised=_disguised(library),
    )
    parsed = [
        (guide, feature, _parse(document, place), document.where(place))
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
    needs = tuple(dict.fromkeys(needs_of(program, node)))
    counts = tuple(counts_of(program, node))
    plain = feature.unit == "text" and not feature.unless and is_plain(node)
    return Rule(index, guide, feature, node, where, needs, counts, plain)


def _disguised(library: Library) -> Disguised:
    """What the library says of disguises: nothing where it has no such set."""
    words, turned = library.sets.get(DISGUISED_SET), library.sets.get(TURNED_SET)
    if words is None:
        return Disguised((), frozenset(), frozenset())
    known = {term for entry in library.sets.values() for term in entry.terms}
    return Disguised(
        words.terms,
        frozenset(turned.terms if turned else ()),
        frozenset(known.union(words.exceptions)),
    )


def _parse(document: Document, place: Place) -> Node:
    return Parser(document).parse(document_value(document, place), (*place, "when"))


def document_value(document: Document, place: Place) -> object:
    """The condition of the feature at a place."""
    value = document.value
    for key in (*place, "when"):
        value = value[key]
    return value
