"""What a guide says to do, ready for the page: steps, advice, channels and law."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.guides.citing import look_up
from lianfang.report.due import due
from lianfang.report.words import phrases, role_name, say

if TYPE_CHECKING:
    from lianfang.guides.library import Library
    from lianfang.guides.model import Channel, Guide, Statement, Step, Words

FIRST_STEPS = 3
FIRST_ADVICE = 3
MOST_CITATIONS = 8
_INNER = str.maketrans("《》", "〈〉")


@dataclass(frozen=True, slots=True)
class Citation:
    """An article as it is cited: its marks say whether it holds and how we know."""

    cite: str
    name: str
    says: str
    in_force: str
    basis: str

    @property
    def firm(self) -> bool:
        """In force, and taken from the text itself."""
        return (self.in_force, self.basis) == ("yes", "statute")


@dataclass(frozen=True, slots=True)
class Action:
    """One step of a playbook."""

    role: str
    do: str
    due: str
    must_not: str
    evidence: tuple[str, ...]
    law: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where to report; `unconfirmed` where no source confirms the number or the way."""

    to: str
    how: str
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Guidance:
    """One guide, for reading."""

    id: str
    name: str
    version: str
    definition: str
    steps: tuple[Action, ...]
    advice: tuple[str, ...]
    places: tuple[Place, ...]
    law: tuple[Citation, ...]

    @property
    def first_steps(self) -> tuple[Action, ...]:
        return self.steps[:FIRST_STEPS]

    @property
    def first_law(self) -> tuple[Citation, ...]:
        """What the first steps rest on, each article once."""
        cited = [citation for step in self.first_steps for citation in step.law]
        return tuple(dict.fromkeys(cited or self.law))[:MOST_CITATIONS]

    @property
    def first_advice(self) -> tuple[str, ...]:
        return self.advice[:FIRST_ADVICE]


def guidance(guide: Guide, library: Library, lang: str) -> Guidance:
    """Put a guide into one language, its citations looked up."""
    return Guidance(
        guide.id,
        guide_name(guide, lang),
        guide.version,
        say(guide.definition, lang),
        tuple(_action(step, library, lang) for step in guide.playbook),
        tuple(_statement(advice, lang) for advice in guide.advice),
        tuple(_place(channel, lang) for channel in guide.report_to),
        tuple(citation(cite, library, lang) for cite in guide.law),
    )


def _action(step: Step, library: Library, lang: str) -> Action:
    return Action(
        role_name(step.role, lang),
        say(step.do, lang),
        due(step.due, lang),
        say(step.must_not, lang) if step.must_not else "",
        step.evidence,
        tuple(citation(cite, library, lang) for cite in step.law),
    )


def guide_name(guide: Guide, lang: str) -> str:
    """A guide's name as it begins a line."""
    name = say(guide.name, lang)
    return name[:1].upper() + name[1:]


def _place(channel: Channel, lang: str) -> Place:
    unconfirmed = channel.source.sure == "unconfirmed"
    return Place(say(channel.to, lang), say(channel.how, lang), unconfirmed)


def _statement(statement: Statement, lang: str) -> str:
    return statement.en if lang == "en" else statement.zh


def citation(cite: str, library: Library, lang: str) -> Citation:
    """Look a citation up; one that isn't there is shown as such, never left out."""
    found = look_up(library, cite)
    if not found.title or not found.says:
        absent = phrases(lang)["citation_missing"]
        return Citation(cite, cite, absent, found.in_force, found.basis)
    law, number = law_name(found.title, lang), article_name(found.article, lang)
    name = f"{law}, {number}" if lang == "en" else f"{law}{number}"
    return Citation(cite, name, say(found.says, lang), found.in_force, found.basis)


def law_name(title: Words, lang: str) -> str:
    """A statute's name as it is cited; a name within the name has its own marks."""
    if lang == "en":
        return title.en.removesuffix(" of the People's Republic of China")
    return f"《{title.zh.removeprefix('中华人民共和国').translate(_INNER)}》"


def article_name(number: str, lang: str) -> str:
    """`177-1` is 第一百七十七条之一, `225(4)` the item, `0` the whole document."""
    found = re.fullmatch(r"(\d+)(?:-(\d+))?(?:\((\d+)\))?", number)
    if number == "0" or not found:
        return phrases(lang)["whole_document"] if number == "0" else number
    if lang == "en":
        return f"Art. {number}"
    article, inserted, item = found.groups()
    after = (f"之{inserted}" if inserted else "") + (f"第{item}项" if item else "")
    return f"第{article}条{after}"
