"""A guide, and the whole handbook, as HTML: no script, no request, everything escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianfang.handbook.words import group, phrases
from lianfang.report.rendering import environment_of, inline

if TYPE_CHECKING:
    from jinja2 import Environment

    from lianfang.handbook.book import Book
    from lianfang.handbook.outline import Outline

TEMPLATES = Path(__file__).parent / "templates"
INDEX = ("index", "law", "sources")
"""Pages of the handbook beside those of its guides."""

_OTHER = {"zh": ("en", "English"), "en": ("zh", "中文")}


def guide_page(guide: Outline, lang: str, book: Book | None = None) -> str:
    """One guide; as a page of the handbook, with ways to the others, where `book` is given."""
    return _rendered("guide", lang, book, guide=guide, here=guide.id)


def handbook_pages(book: Book) -> dict[str, str]:
    """Every page of the handbook by its name, without `.html`."""
    pages = {guide.id: guide_page(guide, book.lang, book) for guide in book.guides}
    return pages | {name: _rendered(name, book.lang, book, here=name) for name in INDEX}


def _rendered(template: str, lang: str, book: Book | None, **more: Any) -> str:  # noqa: ANN401
    """A page; what it asks for and isn't given is an error."""
    other, name = _OTHER[lang]
    return (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(
            w=phrases(lang) | {"other_lang": other, "other_name": name},
            c=group("columns", lang),
            marks=group("marks", lang),
            means=group("means", lang),
            spans=group("spans", lang),
            book=book,
            names={guide.id: guide.name for guide in book.guides} if book else {},
            sources_at="sources.html" if template == "law" else "",
            **inline(TEMPLATES / "handbook.css"),
            **more,
        )
    )


@cache
def _environment() -> Environment:
    return environment_of(TEMPLATES)
