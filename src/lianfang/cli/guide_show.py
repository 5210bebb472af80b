"""A guide on the screen: all that a compliance officer needs of it, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lianfang.cli.console import console
from lianfang.cli.guide_law import cited, sources
from lianfang.cli.guide_words import HEADS, ROLES, STAGES, STRENGTHS, TOPIC_ONLY, duration, mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lianfang.guides.library import Library
    from lianfang.guides.model import Feature, Guide, Statement, Step, Words

COLUMNS = {"number": 3, "role": 10, "do": None, "due": 8, "kept": 14}
"""Columns of the playbook with their widths; what is to be done takes the rest."""


def print_guide(library: Library, guide: Guide, lang: str) -> None:
    """Print every section of a guide."""
    out = console()
    for part in Page(library, guide, lang).parts():
        out.print(part)


class Page:
    """A guide's sections, each as something that `rich` prints."""

    def __init__(self, library: Library, guide: Guide, lang: str) -> None:
        self.library, self.guide, self.lang = library, guide, lang
        # A line of Chinese is broken at its spaces first: there must be none after a colon.
        self.colon = ":" if lang == "zh" else ": "

    def parts(self) -> Iterable[RenderableType]:
        """Sections in the order of reading; an empty one is left out."""
        guide = self.guide
        yield Text(f"{self._say(guide.name)}  {guide.id} {guide.version}", style="bold")
        yield from self._section("definition", [Text(self._say(guide.definition))])
        yield from self._section("border", map(self._bullet, guide.border))
        yield from self._section("chain", self._chain())
        yield from self._section("features", self._features(guide.features))
        shared = [known for name in guide.shared if (known := self.library.shared.get(name))]
        yield from self._section("shared", self._features(shared))
        yield from self._section("slang", self._slang())
        yield from self._section("evidence", map(self._statement, guide.evidence))
        yield from self._section("playbook", self._playbook())
        yield from self._section("law", self._law())
        yield from self._section("report_to", self._channels())
        yield from self._section("advice", map(self._statement, guide.advice))
        yield from self._section("sources", self._sources())

    def _say(self, words: Words | None) -> str:
        return str(getattr(words, self.lang)) if words else ""

    def _section(self, name: str, body: Iterable[RenderableType]) -> Iterable[RenderableType]:
        lines = list(body)
        if lines:
            yield Text(f"\n{self._say(HEADS[name])}", style="bold cyan")
            yield Padding(Group(*lines), (0, 0, 0, 2))

    def _bullet(self, words: Words) -> RenderableType:
        return _hanging("-", Text(self._say(words)))

    def _statement(self, statement: Statement) -> RenderableType:
        said = statement.zh if self.lang == "zh" else statement.en
        return _hanging("-", Text(f"{said} {mark(statement.source)}"))

    def _chain(self) -> Iterable[RenderableType]:
        for number, stage in enumerate(self.guide.chain, start=1):
            head = self._say(STAGES[stage.stage])
            yield _hanging(f"{number}", Text(f"{head}{self.colon}{self._say(stage.what)}"))

    def _features(self, features: Iterable[Feature]) -> Iterable[RenderableType]:
        for feature in features:
            weight = self._say(STRENGTHS[feature.strength])
            head = f"{self._say(feature.label)} ({feature.id}; {weight}; {self._does(feature)})"
            yield _hanging("-", Text(f"{head}\n{feature.why} {mark(feature.source)}"))

    def _does(self, feature: Feature) -> str:
        """What the feature says that a text does, if it says so."""
        if feature.stance is None:
            return self._say(TOPIC_ONLY)
        return feature.stance.zh if self.lang == "zh" else feature.stance.value

    def _slang(self) -> Iterable[RenderableType]:
        for slang in self.guide.slang:
            yield _hanging(
                "-", Text(f"{slang.term}{self.colon}{self._say(slang.means)} {mark(slang.source)}")
            )

    def _playbook(self) -> Iterable[RenderableType]:
        if not self.guide.playbook:
            return
        table = Table(show_lines=True, expand=True)
        for name, width in COLUMNS.items():
            # Chinese has no spaces to break at: without folding, `rich` cuts the text off.
            head = self._say(HEADS[name])
            ratio = None if width else 1
            table.add_column(head, width=width, ratio=ratio, overflow="fold")
        for number, step in enumerate(self.guide.playbook, start=1):
            role = self._say(ROLES[step.role]) if step.role in ROLES else step.role
            due, kept = duration(step.due, self.lang), "\n".join(step.evidence)
            table.add_row(f"{number}", role, self._do(step), due, kept)
        yield table

    def _do(self, step: Step) -> Text:
        text = Text(self._say(step.do))
        if step.must_not:
            text.append(f"\n{self._say(HEADS['must-not'])}{self.colon}", style="bold red")
            text.append(self._say(step.must_not), style="red")
        if step.law:
            text.append(
                f"\n{self._say(HEADS['rests-on'])}{self.colon}{', '.join(step.law)}", style="dim"
            )
        return text

    def _law(self) -> Iterable[RenderableType]:
        for article in cited(self.library, self.guide):
            text = Text(f"{self._say(article.title)} {article.article} ({article.cite})".strip())
            for sign in article.marks:
                text.append(f" [{self._say(sign)}]", style="bold yellow")
            if article.text_as_of:
                text.append(f" {self._say(HEADS['as-of'])} {article.text_as_of}", style="dim")
            for words in (article.says, *article.notes):
                text.append(f"\n{self._say(words)}")
            yield _hanging("-", text)

    def _channels(self) -> Iterable[RenderableType]:
        for channel in self.guide.report_to:
            said = f"{self._say(channel.to)}{self.colon}{self._say(channel.how)}"
            yield _hanging("-", Text(f"{said} {mark(channel.source)}"))

    def _sources(self) -> Iterable[RenderableType]:
        known = sources(self.library)
        for name in self.guide.sources:
            entry = known.get(name)
            lines = [self._say(entry.what), *entry.url] if entry else []
            yield _hanging(name, Text("\n".join(lines)))


def _hanging(head: str, body: Text) -> Table:
    """A line whose continuation stands under its text, not under its bullet."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(head), body)
    return table
