"""Variants: disguised spellings that are undone, and must never rewrite an ordinary word."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from lianfang.guides.checks.finding import Check, Problem, Severity
from lianfang.model import Stance
from lianfang.text.scan import Scanner
from lianfang.text.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.checks.material import Material
    from lianfang.guides.checks.parts import At
    from lianfang.guides.model import LexiconSet

    Variants: TypeAlias = dict[str, list[tuple[str, At[LexiconSet]]]]

EXCERPT = 24


class VariantIsNoWord(Check):
    """A variant isn't itself a word that conditions or sets look for."""

    def problems(self, material: Material) -> Iterator[Problem]:
        words = _words(material)
        for entry in material.sets:
            for spelling in entry.value.variants:
                owner = words.get(material.normal(spelling))
                if owner:
                    where, do = entry.where("variants", spelling), "take the variant out"
                    yield Problem(where, f"{spelling} is read as the word {owner}", do)


def _words(material: Material) -> dict[str, str]:
    """Every plain word by its normal form, with where it comes from."""
    words: dict[str, str] = {}
    for entry in material.sets:
        for term in (*entry.value.terms, *entry.value.exceptions):
            words.setdefault(material.normal(term), f"{term} of @{entry.value.id}")
    for condition in material.conditions:
        for name in condition.names:
            words.setdefault(material.normal(name), f"{name} of {condition.feature.value.id}")
    return words


class VariantIsLong(Check):
    """A variant has at least two characters: one alone stands in too many ordinary words."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for entry in material.sets:
            for spelling in entry.value.variants:
                if len(material.normal(spelling).strip()) == 1:
                    where = entry.where("variants", spelling)
                    what = f"{spelling} is a single character once read"
                    yield Problem(where, what, "write a longer spelling")


class VariantHasTerm(Check):
    """A variant stands for a term of its set, or at least of the lexicon."""

    severity: ClassVar[Severity] = "warning"

    def problems(self, material: Material) -> Iterator[Problem]:
        known = {material.normal(t) for entry in material.sets for t in entry.value.terms}
        for entry in material.sets:
            for spelling, term in entry.value.variants.items():
                if material.normal(term) not in known:
                    what = f"{spelling} stands for {term}, which is no term"
                    do = f"add {term} to @{entry.value.id}, or mend it"
                    yield Problem(entry.where("variants", spelling), what, do)


class VariantSparesOrdinaryText(Check):
    """A variant stands in no clean example of everyday talk: it would rewrite it."""

    def problems(self, material: Material) -> Iterator[Problem]:
        variants, ordinary = _variants(material), _ordinary(material)
        if not variants or not ordinary:
            return
        scanner = _scanner(material, variants)
        told: set[tuple[str, str]] = set()
        for place, text in ordinary:
            for spelling, entry in _standing(material, scanner, variants, text):
                if (entry.value.id, spelling) not in told:
                    told.add((entry.value.id, spelling))
                    what = f"{spelling} stands in ordinary text ({place}: {text[:EXCERPT]})"
                    do = f"take it out, or add the whole word to `except` of @{entry.value.id}"
                    yield Problem(entry.where("variants", spelling), what, do)


def _variants(material: Material) -> Variants:
    """Spellings by normal form; those that are words themselves are told by VariantIsNoWord."""
    words = _words(material)
    found: Variants = defaultdict(list)
    for entry in material.sets:
        for spelling in entry.value.variants:
            normal = material.normal(spelling)
            if normal and normal not in words:
                found[normal].append((spelling, entry))
    return found


def _ordinary(material: Material) -> list[tuple[str, str]]:
    return [
        (corpus.where(number), line.text)
        for corpus in material.corpora
        for number, line in corpus.lines
        if not corpus.offends and line.stance is Stance.OTHER and not line.activities
    ]


def _scanner(material: Material, variants: Variants) -> Scanner:
    exceptions = {material.normal(t) for e in material.sets for t in e.value.exceptions}
    return Scanner(sorted(variants.keys() | exceptions - {""}))


def _standing(
    material: Material, scanner: Scanner, variants: Variants, text: str
) -> Iterator[tuple[str, At[LexiconSet]]]:
    """Variants that stand in a text, less those that an exception of their set covers."""
    matches = scanner.scan(Stream.of([text]))
    columns = (matches.start.tolist(), matches.end.tolist(), matches.pattern.tolist())
    found = [(start, end, scanner.patterns[n]) for start, end, n in zip(*columns, strict=True)]
    for start, end, pattern in found:
        covers = {p for first, last, p in found if first <= start and end <= last}
        for spelling, entry in variants.get(pattern, ()):
            if covers.isdisjoint(map(material.normal, entry.value.exceptions)):
                yield spelling, entry
