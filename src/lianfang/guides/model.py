"""What a guide, a lexicon set, a shared file and a law entry hold, once read and checked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from lianfang.model import Stance

Id = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Citation = Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]+#[0-9]")]
Day = Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Strength = Literal["weak", "medium", "strong"]
UnitKind = Literal["sentence", "turn", "text"]
Sure = Literal["law", "sourced", "inferred", "design", "unconfirmed"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a guide's file: an unknown key is an error, not a silent nothing."""


class Words(Part, frozen=True):
    """A text in Chinese and English."""

    zh: Text
    en: Text


class Source(Part, frozen=True):
    """Where a statement comes from and how sure it is; `ref` names an entry of the sources."""

    sure: Sure
    ref: str = ""


class Feature(Part, frozen=True):
    """One observable. `when` is a condition of the language (see `language`)."""

    id: Id
    label: Words
    why: Words
    source: Source
    when: Any
    strength: Strength
    unit: UnitKind = "sentence"
    unless: tuple[str, ...] = ()
    stance: Stance | None = None
    hit: tuple[str, ...] = ()
    clean: tuple[str, ...] = ()


class Context(Part, frozen=True):
    """A surrounding in which a match doesn't count; acts on single matches, never on a text.

    `stands`: `before` or `after` (the cue stands there, in the same `scope`, at most `within`
    characters away; a cue before ends its reach at `until`), or `around` (the match is
    inside quotation marks and the cue in the sentence around them), `beside` (the cue is
    anywhere in the sentence).
    """

    id: Id
    label: Words
    why: Words
    cue: str
    stands: Literal["before", "after", "around", "beside"]
    scope: Literal["clause", "sentence"] = "sentence"
    within: int | None = None
    until: str = ""


class LexiconSet(Part, frozen=True):
    """Terms that mean the same to a condition.

    `variants` maps a disguised spelling to the term it stands for; a match covered by one of
    `except` doesn't count; a term that begins with @ takes in another set.
    """

    id: Id
    label: Words
    terms: tuple[Text, ...]
    variants: dict[str, str] = {}
    exceptions: tuple[str, ...] = msgspec.field(default=(), name="except")


class Step(Part, frozen=True):
    """One step of a playbook."""

    id: Id
    role: str
    do: Words
    due: str
    evidence: tuple[str, ...]
    law: tuple[Citation, ...] = ()
    must_not: Words | None = None


class Slang(Part, frozen=True):
    term: str
    means: Words
    source: Source


class Stage(Part, frozen=True):
    """One stage of the operating chain."""

    stage: Literal["attract", "win", "sign", "carry-out", "harvest"]
    what: Words


class Channel(Part, frozen=True):
    """Where to report, and what."""

    to: Words
    how: Words
    source: Source


class Statement(Part, frozen=True):
    """Something that is kept, told or known, with its source."""

    zh: Text
    en: Text
    source: Source


class Guide(Part, frozen=True):
    """The machine-readable guide of one activity; `date` is the day of its version."""

    id: Id
    version: str
    date: Day
    name: Words
    definition: Words
    border: tuple[Words, ...]
    chain: tuple[Stage, ...]
    shared: tuple[str, ...]
    features: tuple[Feature, ...]
    slang: tuple[Slang, ...]
    evidence: tuple[Statement, ...]
    playbook: tuple[Step, ...]
    law: tuple[Citation, ...]
    report_to: tuple[Channel, ...]
    advice: tuple[Statement, ...]
    sources: tuple[str, ...]


class SharedFile(Part, frozen=True):
    """Features and contexts that stand once and are cited by several guides."""

    features: tuple[Feature, ...] = ()
    contexts: tuple[Context, ...] = ()


class LexiconFile(Part, frozen=True):
    sets: tuple[LexiconSet, ...]


class Article(Part, frozen=True):
    article: str
    says: Words
    in_force: Literal["yes", "superseded", "unknown"] | None = None
    basis: Literal["statute", "secondary", "unconfirmed"] | None = None
    note: Words | None = None


class Law(Part, frozen=True):
    """A statute and the articles that guides may cite as `id#article`."""

    id: Id
    title: Words
    issuer: Words
    text_as_of: str | None
    in_force: Literal["yes", "superseded", "unknown"]
    basis: Literal["statute", "secondary", "unconfirmed"]
    source: str | None
    articles: tuple[Article, ...]
    note: Words | None = None

    def find(self, article: str) -> Article | None:
        return next((a for a in self.articles if a.article == article), None)


class SourceEntry(Part, frozen=True):
    """A publication that statements in the guides rest on."""

    id: Text
    what: Words
    sure: Sure
    url: tuple[str, ...] = ()


class SourcesFile(Part, frozen=True):
    sources: tuple[SourceEntry, ...]
