"""A library read leniently: what can be read is checked, whatever else is broken beside it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import msgspec

from lianfang.errors import GuideError
from lianfang.guides.checks.parts import At, parts
from lianfang.guides.corpus import CLEAN, CORPUS, HITS, ORDINARY, Corpus, read_corpus
from lianfang.guides.language import Parser, names
from lianfang.guides.library import shipped
from lianfang.guides.model import Context, Feature, Law, LexiconSet, SourceEntry
from lianfang.guides.program import DISGUISED_SET, TURNED_SET
from lianfang.guides.yaml_lines import read_yaml
from lianfang.text.stream import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lianfang.guides.language import Node
    from lianfang.guides.library import Library
    from lianfang.guides.yaml_lines import Document

NOT_GUIDES = ("shared", "lexicon", "law", CORPUS)


@dataclass(frozen=True)
class Condition:
    """A feature's condition, parsed; or the error that its parser met."""

    feature: At[Feature]
    node: Node | None
    error: GuideError | None = None

    @property
    def names(self) -> set[str]:
        return names(self.node) if self.node else set()


class Material:
    """What the checks look at.

    Attributes:
        broken: one error for each YAML file that can't be read.
        normal: a term as the scanner reads it; kept, because several rules ask.
    """

    def __init__(self, library: Library) -> None:
        self.root = library.root
        self.normal: Callable[[str], str] = cache(normalise)
        self.broken: list[GuideError] = []
        self.guides = {d.path.parent.name: d for d in self._read("*/guide.yaml")}
        shared = list(self._read("shared/*.yaml"))
        self.shared = [d for d in shared if d.path.name != "sources.yaml"]
        self.sources_file = next((d for d in shared if d.path.name == "sources.yaml"), None)
        self.lexicon = list(self._read("lexicon/*.yaml"))
        self.law = list(self._read("law/*.yaml"))

    def _read(self, pattern: str) -> Iterator[Document]:
        for path in sorted(self.root.glob(pattern)):
            try:
                yield read_yaml(path)
            except GuideError as error:
                self.broken.append(error)

    @property
    def is_shipped(self) -> bool:
        return self.root.resolve() == shipped().resolve()

    @cached_property
    def folders(self) -> list[Path]:
        """Folders that are guides, or should be."""
        found = (path for path in sorted(self.root.iterdir()) if path.is_dir())
        return [p for p in found if p.name not in NOT_GUIDES and p.name[0] not in "._"]

    @cached_property
    def features(self) -> list[At[Feature]]:
        files = (*self.guides.values(), *self.shared)
        return [part for file in files for part in parts(file, "features", Feature)]

    @cached_property
    def conditions(self) -> list[Condition]:
        return [_condition(feature) for feature in self.features]

    @cached_property
    def contexts(self) -> list[At[Context]]:
        return [part for file in self.shared for part in parts(file, "contexts", Context)]

    @cached_property
    def sets(self) -> list[At[LexiconSet]]:
        return [part for file in self.lexicon for part in parts(file, "sets", LexiconSet)]

    @cached_property
    def direct_set_uses(self) -> set[str]:
        """Sets that conditions and contexts name, and those that the engine reads itself."""
        told = {name for c in self.conditions for name in c.names}
        told |= {name for c in self.contexts for name in (c.value.cue, c.value.until)}
        return {DISGUISED_SET, TURNED_SET, *(name[1:] for name in told if name.startswith("@"))}

    @cached_property
    def set_uses(self) -> list[tuple[str, str]]:
        """Place and name of each @set that is named anywhere."""
        found = [(c.feature.where("when"), n) for c in self.conditions for n in sorted(c.names)]
        for context in self.contexts:
            found.append((context.where("cue"), context.value.cue))
            found.append((context.where("until"), context.value.until))
        for entry in self.sets:
            terms = enumerate(entry.value.terms)
            found.extend((entry.where("terms", i), term) for i, term in terms)
        return [(where, name[1:]) for where, name in found if name.startswith("@")]

    @cached_property
    def laws(self) -> dict[str, Law]:
        found = {}
        for document in self.law:
            with suppress(msgspec.ValidationError):
                found[document.path.stem] = msgspec.convert(document.value, Law)
        return found

    @cached_property
    def sources(self) -> list[At[SourceEntry]]:
        return list(parts(self.sources_file, "sources", SourceEntry)) if self.sources_file else []

    @cached_property
    def corpora(self) -> list[Corpus]:
        """The guides' examples."""
        return [read_corpus(folder / name) for folder in self.folders for name in (HITS, CLEAN)]

    @cached_property
    def taught(self) -> list[Corpus]:
        """What a judge learns from: a file an author, and ordinary messages."""
        authors = sorted((self.root / CORPUS).glob("*.jsonl"))
        ordinary = self.root / ORDINARY
        return [read_corpus(path) for path in (*authors, *[ordinary] * ordinary.is_file())]


def _condition(feature: At[Feature]) -> Condition:
    try:
        place = (*feature.place, "when")
        return Condition(feature, Parser(feature.document).parse(feature.value.when, place))
    except GuideError as error:
        return Condition(feature, None, error)
