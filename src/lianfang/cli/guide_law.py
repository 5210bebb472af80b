"""What a guide cites: articles, each with whether it holds and how we know it; sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from lianfang.errors import GuideError, NotFoundError
from lianfang.guides.model import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.library import Library
    from lianfang.guides.model import Guide, SourceEntry

IN_FORCE = {
    "superseded": Words("已被取代", "superseded"),
    "unknown": Words("效力未核实", "not known to be in force"),
}
BASIS = {
    "secondary": Words("据二手资料", "from a secondary source"),
    "unconfirmed": Words("未证实", "unconfirmed"),
}
ABSENT = Words("未收录", "not in our law files")


class Cited(msgspec.Struct, frozen=True):
    """An article as a guide cites it; what the article says of itself goes before its statute.

    `marks` is empty where a statute's own words are in force.
    """

    cite: str
    title: Words | None = None
    article: str = ""
    says: Words | None = None
    in_force: str = ""
    basis: str = ""
    text_as_of: str | None = None
    marks: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()

    @property
    def known(self) -> bool:
        return self.title is not None


def cited(library: Library, guide: Guide) -> Iterator[Cited]:
    """Every article that the guide or its playbook cites, once, in order."""
    steps = (cite for step in guide.playbook for cite in step.law)
    for cite in dict.fromkeys((*guide.law, *steps)):
        yield _cited(library, cite)


def _cited(library: Library, cite: str) -> Cited:
    try:
        law, article = library.citation(cite)
    except NotFoundError:
        return Cited(cite, marks=(ABSENT,))
    in_force, basis = article.in_force or law.in_force, article.basis or law.basis
    marks = [table[key] for table, key in ((IN_FORCE, in_force), (BASIS, basis)) if key in table]
    return Cited(
        cite,
        law.title,
        article.article,
        article.says,
        in_force,
        basis,
        law.text_as_of,
        tuple(marks),
        tuple(note for note in (law.note, article.note) if note),
    )


def sources(library: Library) -> dict[str, SourceEntry]:
    """The publications by id; none where their file can't be read, as `guide check` tells."""
    try:
        return library.sources
    except GuideError:
        return {}
