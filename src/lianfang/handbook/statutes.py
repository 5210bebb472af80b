"""The law that is cited, by statute: what each article says, whether it holds, how we know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.guides.model import Source
from lianfang.handbook.anchors import anchor
from lianfang.handbook.outline import ArticleEntry, Sign, StatuteEntry
from lianfang.handbook.parts import mark
from lianfang.handbook.words import phrases
from lianfang.report.guidance import article_name, law_name
from lianfang.report.visible import plain
from lianfang.report.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lianfang.guides.library import Library
    from lianfang.guides.model import Article, Law, Words


def statutes(library: Library, cites: Iterable[str], lang: str) -> Iterator[StatuteEntry]:
    """Statutes in the order of their first citation, articles in the statute's order.

    Args:
        library: holds the law.
        cites: `statute#article`; one that `law/` lacks is shown as such, never left out.
        lang: "zh" or "en".
    """
    by_statute: dict[str, list[str]] = {}
    for cite in cites:
        by_statute.setdefault(cite.partition("#")[0], []).append(cite)
    for name, named in by_statute.items():
        law = library.laws.get(name)
        if law:
            yield _statute(library, law, named, lang)
        else:
            absent = tuple(_absent(cite, lang) for cite in named)
            yield StatuteEntry(name, "", "", (), "", None, absent, anchor("law", name))


def _statute(library: Library, law: Law, named: list[str], lang: str) -> StatuteEntry:
    numbers = {cite.partition("#")[2]: cite for cite in named}
    known = [article for article in law.articles if article.article in numbers]
    found = [_article(law, article, numbers.pop(article.article), lang) for article in known]
    return StatuteEntry(
        plain(law_name(law.title, lang)),
        plain(say(law.issuer, lang)),
        law.text_as_of or "",
        _signs(law.in_force, law.basis, lang),
        _note(law.note, lang),
        mark(Source("sourced", law.source), library, lang) if law.source else None,
        (*found, *(_absent(cite, lang) for cite in numbers.values())),
        anchor("law", law.id),
    )


def _article(law: Law, article: Article, cite: str, lang: str) -> ArticleEntry:
    in_force, basis = article.in_force or law.in_force, article.basis or law.basis
    own = (in_force, basis) != (law.in_force, law.basis)
    return ArticleEntry(
        cite,
        plain(article_name(article.article, lang)),
        plain(say(article.says, lang)),
        _signs(in_force, basis, lang) if own else (),
        _note(article.note, lang),
        anchor("law", cite),
    )


def _absent(cite: str, lang: str) -> ArticleEntry:
    says = phrases(lang)["citation_missing"]
    signs = _signs("unknown", "unconfirmed", lang)
    return ArticleEntry(cite, plain(cite), says, signs, "", anchor("law", cite))


def _signs(in_force: str, basis: str, lang: str) -> tuple[Sign, ...]:
    words = phrases(lang)
    return (
        Sign(words[f"in_force_{in_force}"], in_force == "yes"),
        Sign(words[f"basis_{basis}"], basis == "statute"),
    )


def _note(note: Words | None, lang: str) -> str:
    return plain(say(note, lang)) if note else ""
