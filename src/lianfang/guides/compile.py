"""A library turned into what screening runs: patterns, the sets they lead to, and rules.

A *set* is a lexicon set, or the terms that one condition names without a set. Every set has
a number; a rule's `needs` are masks over these numbers, one of which at least must stand in
a text for each mask: what fails that can't fire and isn't looked at.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from lianfang.errors import GuideError
from lianfang.guides.language import (
    All,
    Contact,
    Count,
    Either,
    Found,
    Near,
    Node,
    Not,
    Obfuscation,
    Order,
    Parser,
    children,
    names,
    walk,
)
from lianfang.text.stream import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.library import Library
    from lianfang.guides.model import Context, Feature, LexiconSet
    from lianfang.guides.yaml_lines import Document, Place

Ints = NDArray[np.int64]

T = TypeVar("T")
DISGUISED, HANDLE, LINK = "@disguised!", "@handle!", "@link!"
"""Sets that no lexicon holds: some term was found only after a rewriting; the text has a run
of letters and digits long enough for a handle; it has a point between letters, as links do."""

MOST_CLAUSES = 12
"""A condition that needs more is looked at a little too often; nothing is missed."""


@dataclass(frozen=True)
class Rule:
    """A feature made ready.

    Attributes:
        needs: sets by number; a text that lacks all of one tuple can't fire the rule.
        unless: names of the contexts, as in the feature.
        counts: sets, and how many different terms of them the text must have at least.
        plain: `needs` and `counts` alone decide the condition.
    """

    index: int
    guide: str | None
    feature: Feature
    node: Node
    unless: tuple[str, ...]
    where: str
    needs: tuple[tuple[int, ...], ...]
    counts: tuple[tuple[tuple[int, ...], int], ...]
    plain: bool

    @property
    def id(self) -> str:
        """`guide/feature`, or `shared/feature`."""
        return f"{self.guide or 'shared'}/{self.feature.id}"


@dataclass
class Program:
    """Everything that screening needs of the guides.

    Attributes:
        patterns: normalised terms, spellings and exceptions, each once.
        stands_for: for each pattern the term that it disguises, or "".
        terms: for each pattern the number that counts as its term: the disguised one's.
        rules: features with their conditions.
        sets: number of each name that a condition or context uses.
        leads: rows (pattern, set): a match of the pattern counts in the set.
        exceptions: rows (pattern, set): a match takes back those of the set that it covers.
    """

    library: Library
    patterns: list[str] = field(default_factory=list)
    stands_for: list[str] = field(default_factory=list)
    terms: list[int] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    sets: dict[str, int] = field(default_factory=lambda: {DISGUISED: 0, HANDLE: 1, LINK: 2})
    leads: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    exceptions: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    contexts: dict[str, Context] = field(default_factory=dict)
    guides: tuple[str, ...] = ()
    _same: dict[object, object] = field(default_factory=dict, repr=False)
    _numbers: dict[tuple[str, ...], tuple[int, ...]] = field(default_factory=dict, repr=False)

    def numbers(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """Numbers of the sets that a `Found` names."""
        known = self._numbers.get(names)
        if known is None:
            named = sorted({self.sets[name] for name in names if name.startswith("@")})
            words = _words(names)
            known = (*named, self.sets[words]) if words else tuple(named)
            self._numbers[names] = known
        return known

    def one(self, part: T) -> T:
        """The first of all equal parts, so that readings may tell parts by identity."""
        return cast("T", self._same.setdefault(part, part))

    def cites(self, rule: Rule) -> tuple[str, ...]:
        """Guides that a rule speaks for: its own, or those that cite a shared feature."""
        if rule.guide:
            return (rule.guide,)
        guides = self.library.guides
        return tuple(name for name in self.guides if rule.feature.id in guides[name].shared)


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
    patterns = _Patterns(program)
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
    plain = feature.unit == "text" and not feature.unless and _is_plain(node)
    needs = tuple(dict.fromkeys(_needs(program, node)))
    unless = program.one(feature.unless)
    counts = tuple(_counts(program, node))
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


def _is_plain(node: Node) -> bool:
    """Whether presence and number of terms in a text decide the condition."""
    match node:
        case Found():
            return True
        case All(parts):
            return all(_is_plain(part) for part in parts)
        case Either(parts):
            return all(isinstance(part, Found) for part in parts)
        case Count(of, _):
            return all(isinstance(part, Found) for part in of)
        case _:
            return False


def _counts(program: Program, node: Node) -> Iterator[tuple[tuple[int, ...], int]]:
    """Numbers of different terms that the condition can't do without."""
    if isinstance(node, All):
        for part in node.parts:
            yield from _counts(program, part)
    elif isinstance(node, Count) and all(isinstance(part, Found) for part in node.of):
        found = [part for part in node.of if isinstance(part, Found)]
        numbers = {number for part in found for number in program.numbers(part.names)}
        yield tuple(sorted(numbers)), node.at_least


def _needs(program: Program, node: Node) -> Iterator[tuple[int, ...]]:
    """Clauses that hold wherever the condition may hold."""
    match node:
        case Found(names_):
            yield program.numbers(names_)
        case All(parts):
            for part in parts:
                yield from _needs(program, part)
        case Either(parts) | Count(parts, _):
            yield from _either(program, parts)
        case Near(first, then, _) | Order(first, then, _):
            yield from _either(program, first)
            yield from _either(program, then)
        case Contact(kinds):
            marks = {LINK if kind == "link" else HANDLE for kind in kinds}
            yield tuple(sorted(program.sets[mark] for mark in marks))
        case Obfuscation():
            yield (program.sets[DISGUISED],)
        case _:
            return


def _either(program: Program, parts: tuple[Node, ...]) -> Iterator[tuple[int, ...]]:
    """Clauses for parts of which one must hold: one clause of each, put together.

    A part that needs nothing known beforehand (a number) makes the whole need nothing.
    """
    needs = [list(_needs(program, part)) for part in parts]
    if not all(needs):
        return
    if math.prod(len(clauses) for clauses in needs) > MOST_CLAUSES:
        needs = [clauses[:1] for clauses in needs]
    for choice in product(*needs):
        yield tuple(sorted({number for clause in choice for number in clause}))


def _words(names: tuple[str, ...]) -> str:
    """The name of the nameless set of single terms."""
    return "|".join(sorted(name for name in names if not name.startswith("@")))


class _Patterns:
    """Collects patterns and the sets that they lead to."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.numbers: dict[str, int] = {}
        self.leads: set[tuple[int, int]] = set()
        self.exceptions: set[tuple[int, int]] = set()
        self.plain: set[int] = set()

    def add(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name.startswith("@") and name not in self.program.sets:
                self._add_set(name)
        words = _words(names)
        if words and words not in self.program.sets:
            number = self._number_set(words)
            for name in names:
                if not name.startswith("@"):
                    self._lead(name, number)

    def finish(self) -> None:
        for number in self.plain:
            self.program.stands_for[number] = ""
        self.program.terms = [
            self.numbers.get(normalise(term), number) if term else number
            for number, term in enumerate(self.program.stands_for)
        ]
        self.program.leads = _table(self.leads)
        self.program.exceptions = _table(self.exceptions)

    def _add_set(self, name: str) -> None:
        number = self._number_set(name)
        for entry in members(self.program.library, name[1:]):
            for term in entry.terms:
                if not term.startswith("@"):
                    self._lead(term, number)
            for spelling, term in entry.variants.items():
                self._lead(spelling, number, stands_for=term)
            for term in entry.exceptions:
                self.exceptions.add((self._pattern(term), number))

    def _number_set(self, name: str) -> int:
        return self.program.sets.setdefault(name, len(self.program.sets))

    def _lead(self, term: str, set_number: int, stands_for: str = "") -> None:
        number = self._pattern(term, stands_for)
        self.leads.add((number, set_number))
        if not stands_for:
            self.plain.add(number)

    def _pattern(self, term: str, stands_for: str = "") -> int:
        normal = normalise(term)
        if normal not in self.numbers:
            self.numbers[normal] = len(self.numbers)
            self.program.patterns.append(normal)
            self.program.stands_for.append("")
        number = self.numbers[normal]
        self.program.stands_for[number] = self.program.stands_for[number] or stands_for
        return number


def _table(rows: set[tuple[int, int]]) -> Ints:
    return np.array(sorted(rows), dtype=np.int64).reshape(-1, 2)


def members(library: Library, name: str, seen: tuple[str, ...] = ()) -> Iterator[LexiconSet]:
    """A set and those it takes in.

    Raises:
        GuideError: a set that isn't there, or that takes in itself.
    """
    if name in seen:
        do = "take the circle out"
        raise GuideError(f"@{name} takes in itself", where=" > ".join(seen), do=do)
    entry = library.sets.get(name)
    if entry is None:
        do = "define it under guides/lexicon/ or mend the name"
        raise GuideError(f"no set @{name}", where=str(library.root), do=do)
    yield entry
    for term in entry.terms:
        if term.startswith("@"):
            yield from members(library, term[1:], (*seen, name))


def missing_sets(library: Library, node: Node) -> list[str]:
    """Sets that a condition names and the lexicon lacks."""
    return sorted(n for n in names(node) if n.startswith("@") and n[1:] not in library.sets)
