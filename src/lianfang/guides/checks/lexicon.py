"""The lexicon: sets that are used, end, and say each thing once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from lianfang.guides.checks.finding import Check, Problem, Severity
from lianfang.guides.program import DISGUISED_SET, TURNED_SET
from lianfang.text.disguise.words import usable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lianfang.guides.checks.material import Material
    from lianfang.guides.checks.parts import At
    from lianfang.guides.model import LexiconSet

Place = tuple[str | int, ...]


class SetEnds(Check):
    """A set never takes in itself, not even by way of others."""

    def problems(self, material: Material) -> Iterator[Problem]:
        graph = _graph(material)
        for entry in material.sets:
            name = entry.value.id
            circle = {other for other in reach(graph, [name]) if name in reach(graph, [other])}
            # One finding a circle, at the first of its names.
            if circle and name == min(circle):
                way = " > ".join("@" + other for other in sorted(circle))
                yield Problem(
                    entry.where("terms"),
                    f"@{name} takes in itself",
                    f"take one of the steps out: {way}",
                )


class SetIsUsed(Check):
    """A set that no condition and no context reaches costs time and says nothing."""

    severity: ClassVar[Severity] = "warning"

    def problems(self, material: Material) -> Iterator[Problem]:
        roots = material.direct_set_uses
        reached = {*roots, *reach(_graph(material), roots)}
        for entry in material.sets:
            if entry.value.id not in reached:
                yield Problem(
                    entry.where("id"),
                    f"nobody uses @{entry.value.id}",
                    "name it in a condition, or take it out",
                )


class TermStandsOnce(Check):
    """A term stands once in its set, also when it is written in another script or width."""

    severity: ClassVar[Severity] = "warning"

    def problems(self, material: Material) -> Iterator[Problem]:
        for entry in material.sets:
            for key in ("terms", "except"):
                yield from self._in(entry, key, material.normal)

    def _in(
        self, entry: At[LexiconSet], key: str, normal: Callable[[str], str]
    ) -> Iterator[Problem]:
        terms = entry.value.terms if key == "terms" else entry.value.exceptions
        seen: dict[str, str] = {}
        for i, term in enumerate(terms):
            first = seen.setdefault(normal(term), term)
            if i != terms.index(first):
                what = f"{term} stands twice in @{entry.value.id}"
                do = "keep one of them" if first == term else f"it reads like {first}: keep one"
                yield Problem(entry.where(key, i), what, do)


class TermIsRead(Check):
    """A term has something left to find after normalisation: symbols alone are never read."""

    def problems(self, material: Material) -> Iterator[Problem]:
        do = "write at least one character that is read"
        for entry in material.sets:
            for place, term in spellings(entry.value):
                if not material.normal(term).strip():
                    yield Problem(entry.where(*place), f"nothing is left of the term {term!r}", do)
        for condition in material.conditions:
            for name in sorted(condition.names):
                if not name.startswith("@") and not material.normal(name).strip():
                    where = condition.feature.where("when")
                    yield Problem(where, f"nothing is left of the term {name!r}", do)


class DisguisedIsTerm(Check):
    """What is looked for in disguise is a word that is looked for at all, and Han."""

    def problems(self, material: Material) -> Iterator[Problem]:
        engine = (DISGUISED_SET, TURNED_SET)
        others = [entry.value for entry in material.sets if entry.value.id not in engine]
        told = "\n".join(term for entry in others for term in entry.terms)
        for entry in material.sets:
            for i, word in enumerate(entry.value.terms if entry.value.id in engine else ()):
                where = entry.where("terms", i)
                if not usable([word]):
                    what = f"{word} can't be looked for in disguise"
                    yield Problem(where, what, "list a word of two to six Han characters")
                elif word not in told:
                    what = f"{word} is no term of the lexicon, nor part of one"
                    yield Problem(where, what, "take it out, or add it to a set that is used")


def spellings(entry: LexiconSet) -> Iterator[tuple[Place, str]]:
    """Every word of a set that is looked for in texts, with its place in the set."""
    for i, term in enumerate(entry.terms):
        if not term.startswith("@"):
            yield ("terms", i), term
    for spelling in entry.variants:
        yield ("variants", spelling), spelling
    for i, term in enumerate(entry.exceptions):
        yield ("except", i), term


def _graph(material: Material) -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    for entry in material.sets:
        named = {term[1:] for term in entry.value.terms if term.startswith("@")}
        graph.setdefault(entry.value.id, set()).update(named)
    return graph


def reach(graph: dict[str, set[str]], starts: Iterable[str]) -> set[str]:
    """Names that the starts lead to in one step or more."""
    found: set[str] = set()
    ahead = [step for start in starts for step in graph.get(start, ())]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead.extend(graph.get(name, ()))
    return found
