"""Labelled texts: each readable and once; of a guide's, enough and in the right file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lianfang.guides.checks.finding import Check, Problem
from lianfang.text.stream import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.checks.material import Material
    from lianfang.guides.corpus import Corpus

FEWEST_HITS, FEWEST_CLEAN = 60, 120
"""Below these an interval is too wide to hold a guide to anything."""


class CorpusIsReadable(Check):
    """Every line of a corpus is JSON with a text, a stance and activities."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for corpus in (*material.corpora, *material.taught):
            for error in corpus.errors:
                yield Problem(error.where, error.what, error.do)
            for where, text in _texts(corpus):
                if not text:
                    yield Problem(where, "an empty text", "write it or drop it")


class CorpusIsLarge(Check):
    """A corpus has at least 60 hits and 120 clean texts."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for corpus in material.corpora:
            fewest = FEWEST_HITS if corpus.offends else FEWEST_CLEAN
            count = sum(bool(line.text.strip()) for _, line in corpus.lines)
            if count < fewest and corpus.path.is_file():
                what = f"{count} texts of at least {fewest}"
                yield Problem(corpus.where(1), what, f"add {fewest - count}")


class StanceFitsCorpus(Check):
    """Hits hold only stances that offend, and clean examples only the others."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for corpus in material.corpora:
            for number, line in corpus.lines:
                if line.stance.offends != corpus.offends:
                    other = "clean.jsonl" if corpus.offends else "hits.jsonl"
                    what = f"stance {line.stance} in {corpus.path.name}"
                    do = f"move it to {other} or mend the stance"
                    yield Problem(corpus.where(number), what, do)


class HitNamesGuide(Check):
    """A hit is about its guide's activity, else it measures another one."""

    def problems(self, material: Material) -> Iterator[Problem]:
        for corpus in material.corpora:
            for number, line in corpus.lines:
                if corpus.offends and corpus.guide not in line.activities:
                    do = f"add {corpus.guide} to `activities`, or move it to another guide"
                    yield Problem(corpus.where(number), "a hit of another activity", do)


class TextStandsOnce(Check):
    """A text stands once in all corpora, however it is disguised: twice counts it twice."""

    def problems(self, material: Material) -> Iterator[Problem]:
        first: dict[str, str] = {}
        for corpus in (*material.corpora, *material.taught):
            for where, text in _texts(corpus):
                there = first.setdefault(text, where)
                if text and there != where:
                    same = Path(there).relative_to(material.root)
                    yield Problem(where, f"the same text as {same}", "keep one of them")


def _texts(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Place and text of each line, as the scanner reads it and without blanks."""
    read = normalised([line.text for _, line in corpus.lines])
    for (number, _), text in zip(corpus.lines, read, strict=True):
        yield corpus.where(number), "".join(text.split())
