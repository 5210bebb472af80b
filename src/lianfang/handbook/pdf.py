"""A guide, and the whole handbook, as PDF, set by Typst: data goes in as JSON, never as markup.

The same guides, fonts and Typst give the same bytes: a document carries its guides' date.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import typst

from lianfang.errors import InputError
from lianfang.handbook.words import group, phrases

if TYPE_CHECKING:
    from lianfang.handbook.book import Book
    from lianfang.handbook.outline import Outline

_UNDISPLAYED = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")

TYPESET = Path(__file__).parent / "typeset"
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC")
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")
"""Families with Chinese under an open licence, one of each is enough."""

_MORE = ("DejaVu Sans", "DejaVu Sans Mono")
"""For signs that the Chinese fonts lack."""
_LATIN = "Libertinus Serif"


def guide_pdf(guide: Outline, lang: str) -> bytes:
    """One guide.

    Raises:
        InputError: no font with Chinese.
    """
    return _typeset("guide", lang, guide.date, guide=guide)


def handbook_pdf(book: Book) -> bytes:
    """All guides, with what they share in appendices.

    Raises:
        InputError: no font with Chinese.
    """
    names = {guide.id: guide.name for guide in book.guides}
    return _typeset("book", book.lang, book.date, book=book, names=names, used=book.used)


def _typeset(document: str, lang: str, day: str, **more: Any) -> bytes:  # noqa: ANN401
    data = {
        "lang": lang,
        "dated": _is_day(day),
        "fonts": _fonts(lang),
        "phrases": phrases(lang),
        **{name: group(name, lang) for name in ("columns", "marks", "means", "spans")},
        **more,
    }
    return _compiled(document, msgspec.json.encode(data).decode())


def _compiled(document: str, data: str) -> bytes:
    """The document; PDF/UA bears no empty boxes, so a sign that no font has is told by number."""
    try:
        return typst.compile(
            TYPESET / f"{document}.typ",
            root=TYPESET,
            font_paths=_known(),
            sys_inputs={"data": data},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        told = data.translate(_lacking(error))
        if told == data:
            raise
        return _compiled(document, told)


def _lacking(error: typst.TypstError) -> dict[int, str]:
    """The signs that an error tells no font to have, each with what stands for it: ⟨U+1F916⟩."""
    texts = "".join(_UNDISPLAYED.findall(error.diagnostic))
    signs = _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), texts)
    return {ord(sign): f"⟨U+{ord(sign):04X}⟩" for sign in signs if not sign.isascii()}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _fonts(lang: str) -> dict[str, list[str]]:
    """Families for each use, the first that has a sign sets it."""
    serif, sans = _installed(SERIF), _installed(SANS)
    return {
        "serif": [*([_LATIN] if lang == "en" else []), serif, *_MORE],
        "sans": [sans, *_MORE],
        "chinese": [serif, *_MORE],
        "mono": ["DejaVu Sans Mono", sans],
    }


def _installed(families: tuple[str, ...]) -> str:
    known = {family.casefold() for family in _known().families()}
    for family in families:
        if family.casefold() in known:
            return family
    do = "install the package fonts-noto-cjk (on Debian: apt-get install fonts-noto-cjk)"
    raise InputError("no font for Chinese", where=families[0], do=do)


@cache
def _known() -> typst.Fonts:
    """The machine's fonts, looked for once: it takes half a second."""
    return typst.Fonts()
