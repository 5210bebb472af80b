"""What a judge learns from. It is tried on authors held out, so authors must share nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.guides.checks.finding import Check, Problem
from lianfang.text.alike import alike
from lianfang.text.stream import normalise
from lianfang.text.tables import CLASS, Class

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lianfang.guides.checks.material import Material
    from lianfang.guides.corpus import Line

FEWEST_HAN = 12
"""Han characters from which on two people don't write nearly the same by chance."""


class LineNamesGuides(Check):
    """A line is about activities that have a guide: no other can be learned."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for path, number, line in _lines(material):
            for name in line.activities:
                if name not in material.guides:
                    do = f"guides: {', '.join(material.guides)}"
                    yield Problem(f"{path}:{number}", f"no guide {name}", do)


class GroupIsOneAuthors(Check):
    """A group stands in one file: variations of a text are by one hand."""

    def problems(self, material: Material) -> Iterator[Problem]:
        first: dict[str, tuple[Path, int]] = {}
        for path, number, line in _lines(material):
            there, at = first.setdefault(line.group, (path, number))
            if line.group and there != path:
                what = f"group {line.group} stands in {there.name}:{at} too"
                do = f"name it {path.stem}-{line.group}"
                yield Problem(f"{path}:{number}", what, do)


class AuthorsDiffer(Check):
    """No line is a near-duplicate of another author's: learned from one, it is no trial."""

    def problems(self, material: Material) -> Iterator[Problem]:
        lines = list(_lines(material))
        for a, b in alike([line.text for _, _, line in lines]):
            (path, number, line), (later, at, other) = lines[a], lines[b]
            if path != later and _nearly(line.text, other.text):
                what = f"{path.name}:{number} ~ {later.name}:{at} are nearly the same text"
                yield Problem(f"{later}:{at}", what, "keep one of them")


def _lines(material: Material) -> Iterator[tuple[Path, int, Line]]:
    for corpus in material.taught:
        for number, line in corpus.lines:
            yield corpus.path, number, line


def _nearly(one: str, other: str) -> bool:
    """Whether one of them is long, and they differ at all: `TextStandsOnce` tells the same text."""
    one, other = ("".join(normalise(text).split()) for text in (one, other))
    return one != other and max(_han(one), _han(other)) >= FEWEST_HAN


def _han(text: str) -> int:
    return sum(CLASS[ord(char)] == Class.HAN for char in text)
