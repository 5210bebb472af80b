"""What a guide cites: articles, each with whether it holds and how we know it; sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from lianfang.errors import GuideError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.library import Library
    from lianfang.guides.model import Feature, Guide, Source, SourceEntry, Words


class Cited(msgspec.Struct, frozen=True):
    """An article as a guide cites it; what the article says of itself goes before its statute.

    An article that `law/` lacks has no title, and isn't known to be in force.
    """

    cite: str
    title: Words | None = None
    article: str = ""
    says: Words | None = None
    in_force: str = "unknown"
    basis: str = "unconfirmed"
    text_as_of: str | None = None
    notes: tuple[Words, ...] = ()

    @property
    def known(self) -> bool:
        return self.title is not None


def look_up(library: Library, cite: str) -> Cited:
    """The article that `statute#article` names."""
    try:
        law, article = library.citation(cite)
    except NotFoundError:
        return Cited(cite)
    return Cited(
        cite,
        law.title,
        article.article,
        article.says,
        article.in_force or law.in_force,
        article.basis or law.basis,
        law.text_as_of,
        tuple(note for note in (law.note, article.note) if note),
    )


def cites(library: Library, guide: Guide) -> tuple[str, ...]:
    """Every article that the guide, its playbook or a statement's source names, once, in order."""
    steps = (cite for step in guide.playbook for cite in step.law)
    refs = (source.ref for source in _stated(library, guide) if "#" in source.ref)
    return tuple(dict.fromkeys((*guide.law, *steps, *refs)))


def cited(library: Library, guide: Guide) -> Iterator[Cited]:
    """The same articles, looked up."""
    return (look_up(library, cite) for cite in cites(library, guide))


def publications(library: Library, guide: Guide) -> tuple[str, ...]:
    """Ids, sorted, of sources that the guide lists, a statement names or its law is taken from."""
    refs = (source.ref for source in _stated(library, guide) if "#" not in source.ref)
    statutes = {cite.partition("#")[0] for cite in cites(library, guide)}
    texts = (library.laws[name].source for name in statutes if name in library.laws)
    return tuple(sorted({name for name in (*guide.sources, *refs, *texts) if name}))


def shared_features(library: Library, guide: Guide) -> list[Feature]:
    """The shared features that the guide cites; one that isn't there is told by `check`."""
    return [library.shared[name] for name in guide.shared if name in library.shared]


def sources(library: Library) -> dict[str, SourceEntry]:
    """The publications by id; none where their file can't be read, as `guide check` tells."""
    try:
        return library.sources
    except GuideError:
        return {}


def _stated(library: Library, guide: Guide) -> Iterator[Source]:
    """The source of every statement that a guide makes or takes over."""
    parts = (
        guide.features,
        shared_features(library, guide),
        guide.slang,
        guide.evidence,
        guide.report_to,
        guide.advice,
    )
    return (entry.source for part in parts for entry in part)
