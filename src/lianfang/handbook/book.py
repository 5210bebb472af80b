"""The whole handbook in one language: every guide, what they hold, and what they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.guides.citing import cites, publications
from lianfang.handbook.anchors import anchor
from lianfang.handbook.outlining import outline
from lianfang.handbook.parts import feature_entry, publication
from lianfang.handbook.statutes import statutes
from lianfang.handbook.summary import Summary, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lianfang.guides.library import Library
    from lianfang.guides.model import Guide
    from lianfang.handbook.outline import FeatureEntry, Outline, Publication, StatuteEntry


@dataclass(frozen=True, slots=True)
class Book:
    """Everything in the handbook.

    Attributes:
        date: the day of the newest guide.
        guides: the outlines, in the order of their ids.
        summaries: what each guide holds, in the same order.
        shared: features that guides share; law: statutes; sources: publications. Each once.
        used: for the anchor of a shared feature, an article or a source the guides that cite it.
    """

    lang: str
    date: str
    guides: tuple[Outline, ...]
    summaries: tuple[Summary, ...]
    shared: tuple[FeatureEntry, ...]
    law: tuple[StatuteEntry, ...]
    sources: tuple[Publication, ...]
    used: dict[str, tuple[str, ...]]


def book(library: Library, lang: str) -> Book:
    """Put all guides of a library into one language."""
    guides = library.guides.values()
    users = {kind: _users(library, named) for kind, named in _NAMED.items()}
    features = (one for name, one in library.shared.items() if name in users["shared"])
    return Book(
        lang,
        max((guide.date for guide in guides), default=""),
        tuple(outline(library, guide, lang) for guide in guides),
        tuple(summary(library, guide, lang) for guide in guides),
        tuple(feature_entry(feature, library, lang) for feature in features),
        tuple(statutes(library, sorted(users["law"]), lang)),
        tuple(publication(name, library, lang) for name in sorted(users["source"])),
        {anchor(kind, name): ids for kind, by in users.items() for name, ids in by.items()},
    )


def _shared(_: Library, guide: Guide) -> Iterable[str]:
    return guide.shared


_NAMED: dict[str, Callable[[Library, Guide], Iterable[str]]] = {
    "shared": _shared,
    "law": cites,
    "source": publications,
}
"""What each kind of thing is named by."""


def _users(
    library: Library, named: Callable[[Library, Guide], Iterable[str]]
) -> dict[str, tuple[str, ...]]:
    """Each name with the ids of the guides that name it, sorted by name."""
    found: dict[str, tuple[str, ...]] = {}
    for guide in library.guides.values():
        for name in named(library, guide):
            found[name] = (*found.get(name, ()), guide.id)
    return dict(sorted(found.items()))
