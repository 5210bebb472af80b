"""A guide on the screen: its outline, as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lianfang.cli.console import console
from lianfang.handbook.outlining import outline
from lianfang.handbook.words import group, phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lianfang.guides.library import Library
    from lianfang.guides.model import Guide
    from lianfang.handbook.outline import (
        ArticleEntry,
        Entry,
        FeatureEntry,
        Mark,
        Publication,
        Section,
        Sign,
        StatuteEntry,
        StepEntry,
    )

COLUMNS = {"number": 3, "role": 10, "do": None, "due": 9, "evidence": 14}
"""Columns of the playbook with their widths; what is to be done takes the rest."""


def print_guide(library: Library, guide: Guide, lang: str) -> None:
    """Print every section of a guide."""
    out = console()
    made = outline(library, guide, lang)
    out.print(Text(f"{made.name}  {made.id} {made.version} ({made.date})", style="bold"))
    shown = Rendering(lang)
    for section in made.sections:
        out.print(Text(f"\n{section.title}", style="bold cyan"))
        out.print(Padding(Group(*shown.section(section)), (0, 0, 0, 2)))


class Rendering:
    """Sections of an outline as things that `rich` prints."""

    def __init__(self, lang: str) -> None:
        self._columns, self._words = group("columns", lang), phrases(lang)
        self._kinds: dict[str, Callable[[Any], Iterable[RenderableType]]] = {
            "text": self._text,
            "list": self._list,
            "chain": self._chain,
            "features": self._features,
            "steps": self._steps,
            "law": self._law,
            "sources": self._sources,
        }

    def section(self, section: Section) -> Iterable[RenderableType]:
        """The rows of a section, as its kind asks."""
        return self._kinds[section.kind](section.rows)

    def _text(self, rows: Iterable[Entry]) -> Iterable[RenderableType]:
        return (Text(entry.text) for entry in rows)

    def _list(self, rows: Iterable[Entry]) -> Iterable[RenderableType]:
        return (_hanging("-", self._entry(entry)) for entry in rows)

    def _chain(self, rows: Iterable[Entry]) -> Iterable[RenderableType]:
        for number, entry in enumerate(rows, start=1):
            yield _hanging(f"{number}", self._entry(entry))

    def _entry(self, entry: Entry) -> Text:
        # A line of Chinese is broken at its spaces first: there is none after its colon.
        lead = f"{entry.lead}{self._words['colon']}" if entry.lead else ""
        return Text(f"{lead}{entry.text}{_mark(entry.mark)}")

    def _features(self, rows: Iterable[FeatureEntry]) -> Iterable[RenderableType]:
        for feature in rows:
            head = f"{feature.label} ({feature.id}; {feature.strong}; {feature.does})"
            yield _hanging("-", Text(f"{head}\n{feature.why}{_mark(feature.mark)}"))

    def _steps(self, rows: Iterable[StepEntry]) -> Iterable[RenderableType]:
        table = Table(show_lines=True, expand=True)
        for name, width in COLUMNS.items():
            # Chinese has no spaces to break at: without folding, `rich` cuts the text off.
            ratio = None if width else 1
            table.add_column(self._columns[name], width=width, ratio=ratio, overflow="fold")
        for step in rows:
            kept = "\n".join(kept.text for kept in step.evidence)
            table.add_row(f"{step.number}", step.role, self._do(step), step.due, kept)
        yield table

    def _do(self, step: StepEntry) -> Text:
        text = Text(step.do)
        colon = self._words["colon"]
        if step.must_not:
            text.append(f"\n{self._columns['must_not']}{colon}", style="bold red")
            text.append(step.must_not, style="red")
        if step.law:
            text.append(f"\n{self._columns['law']}{colon}{self._bases(step)}", style="dim")
        return text

    def _bases(self, step: StepEntry) -> str:
        comma, before = self._words["comma"], self._words["before_article"]
        bases = (
            f"{basis.statute}{before}{comma.join(article.text for article in basis.articles)}"
            for basis in step.law
        )
        return self._words["and"].join(bases)

    def _law(self, rows: Iterable[StatuteEntry]) -> Iterable[RenderableType]:
        for statute in rows:
            text = Text(statute.name, style="bold")
            text.append_text(_signs(statute.signs))
            if statute.as_of:
                as_of = self._words["as_of"].format(d=statute.as_of)
                text.append(f" {as_of}", style="not bold dim")
            if statute.note:
                text.append(f"\n{statute.note}", style="not bold")
            body = Group(text, *(_hanging("-", _article(article)) for article in statute.articles))
            yield _hanging("-", body)

    def _sources(self, rows: Iterable[Publication]) -> Iterable[RenderableType]:
        for source in rows:
            lines = (f"{source.what}{_mark(source.mark)}", *source.links, *source.others)
            yield _hanging(source.id, Text("\n".join(filter(None, lines))))


def _mark(mark: Mark | None) -> str:
    """How sure a statement is, as the field guide writes it: ` [源:S36]`, ` [推]`."""
    if mark is None:
        return ""
    ref = f":{mark.ref}" if mark.ref else ""
    return f" [{mark.word}{ref}]"


def _signs(signs: Iterable[Sign]) -> Text:
    """Only what is to be told: that law is in force and its own words goes without saying."""
    text = Text()
    for sign in signs:
        if not sign.firm:
            text.append(f" [{sign.text}]", style="bold yellow")
    return text


def _article(article: ArticleEntry) -> Text:
    text = Text(f"{article.name} ({article.cite})")
    text.append_text(_signs(article.signs))
    for line in filter(None, (article.says, article.note)):
        text.append(f"\n{line}")
    return text


def _hanging(head: str, body: RenderableType) -> Table:
    """A line whose continuation stands under its text, not under its bullet."""
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(Text(head), body)
    return table
