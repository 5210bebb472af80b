"""Puts a guide into one language: its outline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.guides.citing import cites, publications, shared_features
from lianfang.handbook.anchors import anchor
from lianfang.handbook.outline import Basis, Entry, Outline, Reference, Row, Section, StepEntry
from lianfang.handbook.parts import capital, feature_entry, mark, publication
from lianfang.handbook.statutes import statutes
from lianfang.handbook.words import group
from lianfang.report.due import due
from lianfang.report.guidance import article_name, guide_name, law_name
from lianfang.report.visible import plain
from lianfang.report.words import role_name, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lianfang.guides.library import Library
    from lianfang.guides.model import Feature, Guide, Statement, Step, Words

KINDS = {
    "definition": "text",
    "border": "list",
    "chain": "chain",
    "features": "features",
    "shared": "features",
    "slang": "list",
    "evidence": "list",
    "playbook": "steps",
    "law": "law",
    "report_to": "list",
    "advice": "list",
    "sources": "sources",
}
"""Sections in the order of reading, each with its kind."""

_LONGEST_LEAD = 60
_END_OF_NAME = {"zh": re.compile("："), "en": re.compile(r": |, | with |; |\.$")}
"""Where the name of a piece of evidence ends that its statement begins with."""


def outline(library: Library, guide: Guide, lang: str) -> Outline:
    """Everything that a guide says, in Chinese (`zh`) or English (`en`)."""
    return _Outlining(library, guide, lang).made()


class _Outlining:
    def __init__(self, library: Library, guide: Guide, lang: str) -> None:
        self._library, self._guide, self._lang = library, guide, lang

    def made(self) -> Outline:
        titles = group("sections", self._lang)
        rows: dict[str, Iterable[Row]] = {**self._prose(), **self._lists()}
        sections = (Section(name, titles[name], KINDS[name], tuple(rows[name])) for name in KINDS)
        return Outline(
            self._guide.id,
            plain(guide_name(self._guide, self._lang)),
            plain(self._guide.version),
            self._guide.date,
            tuple(section for section in sections if section.rows),
        )

    def _prose(self) -> dict[str, Iterable[Entry]]:
        guide = self._guide
        return {
            "definition": [Entry(self._say(guide.definition))],
            "border": [Entry(self._say(words)) for words in guide.border],
            "chain": self._chain(),
            "slang": self._slang(),
            "evidence": self._evidence(),
            "report_to": self._channels(),
            "advice": self._advice(),
        }

    def _lists(self) -> dict[str, Iterable[Row]]:
        library, guide, lang = self._library, self._guide, self._lang
        return {
            "features": self._features(guide.features),
            "shared": self._features(shared_features(library, guide)),
            "playbook": self._playbook(),
            "law": statutes(library, cites(library, guide), lang),
            "sources": (publication(name, library, lang) for name in publications(library, guide)),
        }

    def _say(self, words: Words | None) -> str:
        return plain(say(words, self._lang)) if words else ""

    def _stated(self, statement: Statement) -> str:
        return plain(statement.en if self._lang == "en" else statement.zh)

    def _chain(self) -> Iterable[Entry]:
        stages = group("stages", self._lang)
        return (Entry(self._say(stage.what), stages[stage.stage]) for stage in self._guide.chain)

    def _features(self, features: Iterable[Feature]) -> Iterable[Row]:
        return (feature_entry(feature, self._library, self._lang) for feature in features)

    def _slang(self) -> Iterable[Entry]:
        for slang in self._guide.slang:
            sure = mark(slang.source, self._library, self._lang)
            yield Entry(self._say(slang.means), plain(slang.term), sure)

    def _channels(self) -> Iterable[Entry]:
        for channel in self._guide.report_to:
            sure = mark(channel.source, self._library, self._lang)
            yield Entry(self._say(channel.how), capital(self._say(channel.to)), sure)

    def _advice(self) -> Iterable[Entry]:
        for statement in self._guide.advice:
            sure = mark(statement.source, self._library, self._lang)
            yield Entry(self._stated(statement), mark=sure)

    def _evidence(self) -> Iterable[Entry]:
        for number, statement in enumerate(self._guide.evidence, start=1):
            lead, text = self._split(self._stated(statement))
            sure = mark(statement.source, self._library, self._lang)
            yield Entry(text, lead, sure, anchor("evidence", str(number)))

    def _split(self, text: str) -> tuple[str, str]:
        """What a statement is about, before its first colon, and the rest."""
        lead, colon, rest = text.partition(": " if self._lang == "en" else "：")
        return (lead, capital(rest)) if colon and len(lead) <= _LONGEST_LEAD else ("", text)

    def _playbook(self) -> Iterable[StepEntry]:
        kept = self._kept()
        for number, step in enumerate(self._guide.playbook, start=1):
            yield StepEntry(
                number,
                plain(role_name(step.role, self._lang)),
                self._say(step.do),
                self._say(step.must_not),
                plain(due(step.due, self._lang)),
                tuple(kept.get(name, Reference(plain(name), "")) for name in step.evidence),
                tuple(self._bases(step)),
            )

    def _kept(self) -> dict[str, Reference]:
        """Pieces of evidence by their Chinese names, by which steps call them."""
        found: dict[str, Reference] = {}
        for number, statement in enumerate(self._guide.evidence, start=1):
            called, shown = _name(statement.zh, "zh"), _name(self._stated(statement), self._lang)
            found.setdefault(called, Reference(plain(shown), anchor("evidence", str(number))))
        return found

    def _bases(self, step: Step) -> Iterable[Basis]:
        by_statute: dict[str, list[str]] = {}
        for cite in step.law:
            by_statute.setdefault(cite.partition("#")[0], []).append(cite)
        for name, cited in by_statute.items():
            law = self._library.laws.get(name)
            title = law_name(law.title, self._lang) if law else name
            yield Basis(plain(title), tuple(self._article(cite) for cite in cited))

    def _article(self, cite: str) -> Reference:
        number = article_name(cite.partition("#")[2], self._lang)
        return Reference(plain(number), anchor("law", cite))


def _name(statement: str, lang: str) -> str:
    """The name that a statement about evidence begins with."""
    return _END_OF_NAME[lang].split(statement, maxsplit=1)[0]
