"""The guides' folder, read: guides, shared features, lexicon, law and sources.

Everything is read when first asked for and then kept; a `Library` never changes.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lianfang.errors import GuideError, NotFoundError
from lianfang.guides.model import (
    Article,
    Context,
    Feature,
    Guide,
    Law,
    LexiconFile,
    LexiconSet,
    SharedFile,
    SourceEntry,
    SourcesFile,
)
from lianfang.guides.schema import convert
from lianfang.guides.yaml_lines import Document, Place, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator


def shipped() -> Path:
    """The folder of the guides that come with this package."""
    package = Path(__file__).parents[1]
    installed = package / "_guides"
    return installed if installed.is_dir() else package.parents[1] / "guides"


class Library:
    """One folder of guides.

    Args:
        root: the folder; the shipped guides by default.

    Raises:
        GuideError: from any property, where a file is missing or wrong.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or shipped()
        if not (self.root / "lexicon").is_dir():
            do = "name a folder that holds shared/, lexicon/, law/ and a folder per activity"
            raise GuideError("no guides here", where=str(self.root), do=do)

    @cached_property
    def guide_documents(self) -> dict[str, Document]:
        paths = sorted(self.root.glob("*/guide.yaml"))
        return {path.parent.name: read_yaml(path) for path in paths}

    @cached_property
    def guides(self) -> dict[str, Guide]:
        return {
            name: convert(document, "guide", Guide)
            for name, document in self.guide_documents.items()
        }

    def guide(self, name: str) -> Guide:
        """One guide.

        Raises:
            NotFoundError: no guide of that id.
        """
        if name not in self.guides:
            known = ", ".join(self.guides)
            raise NotFoundError("no such guide", where=name, do=f"guides: {known}")
        return self.guides[name]

    @cached_property
    def shared_documents(self) -> list[Document]:
        paths = sorted((self.root / "shared").glob("*.yaml"))
        return [read_yaml(path) for path in paths if path.name != "sources.yaml"]

    @cached_property
    def _shared(self) -> list[tuple[Document, SharedFile]]:
        return [(doc, convert(doc, "shared", SharedFile)) for doc in self.shared_documents]

    @cached_property
    def shared(self) -> dict[str, Feature]:
        """Shared features by id."""
        return {f.id: f for _, file in self._shared for f in file.features}

    @cached_property
    def contexts(self) -> dict[str, Context]:
        return {c.id: c for _, file in self._shared for c in file.contexts}

    def features(self) -> Iterator[tuple[str | None, Feature, Document, Place]]:
        """Every feature with its guide (None for a shared one) and the place it stands at."""
        for name, guide in self.guides.items():
            for i, feature in enumerate(guide.features):
                yield name, feature, self.guide_documents[name], ("features", i)
        for document, file in self._shared:
            for i, feature in enumerate(file.features):
                yield None, feature, document, ("features", i)

    @cached_property
    def lexicon_documents(self) -> list[Document]:
        return [read_yaml(path) for path in sorted((self.root / "lexicon").glob("*.yaml"))]

    @cached_property
    def sets(self) -> dict[str, LexiconSet]:
        files = [convert(doc, "lexicon", LexiconFile) for doc in self.lexicon_documents]
        return {entry.id: entry for file in files for entry in file.sets}

    @cached_property
    def law_documents(self) -> dict[str, Document]:
        return {path.stem: read_yaml(path) for path in sorted((self.root / "law").glob("*.yaml"))}

    @cached_property
    def laws(self) -> dict[str, Law]:
        return {name: convert(doc, "law", Law) for name, doc in self.law_documents.items()}

    def citation(self, cite: str) -> tuple[Law, Article]:
        """The law and article that `statute#article` names.

        Raises:
            NotFoundError: `guides/law/` holds no such entry.
        """
        statute, _, number = cite.partition("#")
        law = self.laws.get(statute)
        article = law.find(number) if law else None
        if law is None or article is None:
            raise NotFoundError("no such citation", where=cite, do="add it under guides/law/")
        return law, article

    @cached_property
    def sources_document(self) -> Document:
        return read_yaml(self.root / "shared" / "sources.yaml")

    @cached_property
    def sources(self) -> dict[str, SourceEntry]:
        entries = convert(self.sources_document, "sources", SourcesFile).sources
        return {entry.id: entry for entry in entries}
