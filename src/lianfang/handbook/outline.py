"""A guide in one language, section by section: what every rendering of it says.

Texts are plain: no markup of any kind, hidden characters told by name. An `anchor` names a
place in the guide, a `target` the anchor that a reference leads to, "" where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """How sure a statement is (`sure` is the guide's word) and what it rests on."""

    sure: str
    word: str
    ref: str
    target: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement; `lead` is what it is about, where the guide says so."""

    text: str
    lead: str = ""
    mark: Mark | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class FeatureEntry:
    """A feature; `side` is `offends`, `eases` or `topic`, `does` the same in words."""

    id: str
    label: str
    strength: str
    strong: str
    side: str
    does: str
    why: str
    mark: Mark
    hit: tuple[str, ...]
    clean: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A name that leads to a place in the guide."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a step rests on: a statute and its articles."""

    statute: str
    articles: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A step of the playbook: who does what by when, keeps what, never does what, by what law."""

    number: int
    role: str
    do: str
    must_not: str
    due: str
    evidence: tuple[Reference, ...]
    law: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """Whether law is in force, or how we know it; not `firm` where that needs a second look."""

    text: str
    firm: bool


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article; without signs of its own it has those of its statute."""

    cite: str
    name: str
    says: str
    signs: tuple[Sign, ...]
    note: str
    anchor: str


@dataclass(frozen=True, slots=True)
class StatuteEntry:
    """A statute with those of its articles that the guide cites."""

    name: str
    issuer: str
    as_of: str
    signs: tuple[Sign, ...]
    note: str
    mark: Mark | None
    articles: tuple[ArticleEntry, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A source; only an address that a browser opens over the web is one of `links`."""

    id: str
    what: str
    mark: Mark | None
    links: tuple[str, ...]
    others: tuple[str, ...]
    anchor: str


Row = Entry | FeatureEntry | StepEntry | StatuteEntry | Publication


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a guide; its `kind` says how it is set and what its rows are.

    `text`, `list` and `chain` hold entries; the others what they are called after:
    `features`, `steps`, `law`, `sources`.
    """

    name: str
    title: str
    kind: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole guide; a section without rows is left out."""

    id: str
    name: str
    version: str
    date: str
    sections: tuple[Section, ...]

    def rows(self, section: str) -> tuple[Row, ...]:
        """The rows of a section, none where it is left out."""
        return next((one.rows for one in self.sections if one.name == section), ())
