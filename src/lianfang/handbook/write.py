"""Writes a guide, or the handbook of all guides, to files; nothing is written by halves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.errors import InputError
from lianfang.report.words import LANGUAGES, check_language

if TYPE_CHECKING:
    from pathlib import Path

    from lianfang.guides.library import Library
    from lianfang.guides.model import Guide

# ruff: noqa: PLC0415  a page needs no Typst, and a terminal neither of the two

PAGE, DOCUMENT = (".html", ".htm"), (".pdf",)


def write_guide(path: Path, library: Library, guide: Guide, lang: str = "zh") -> None:
    """Write one guide, as what the file's name asks for: `.html` or `.pdf`.

    Raises:
        InputError: another name, an unknown language, a file that can't be written, or, for
            PDF, no font with Chinese.
    """
    check_language(lang)
    ending = path.suffix.lower()
    if ending not in PAGE + DOCUMENT:
        do = "end its name in .html or .pdf"
        raise InputError("no format of a guide", where=str(path), do=do)
    _write({path: _page(library, guide, lang) if ending in PAGE else _pdf(library, guide, lang)})


def write_handbook(folder: Path, library: Library) -> list[Path]:
    """Write all guides in both languages: pages, and one PDF each. Returns what to open first.

    Raises:
        InputError: a file that can't be written, or no font with Chinese.
    """
    from lianfang.handbook.book import book
    from lianfang.handbook.pages import handbook_pages
    from lianfang.handbook.pdf import handbook_pdf

    files: dict[Path, bytes] = {}
    for lang in LANGUAGES:
        made = book(library, lang)
        files[folder / f"handbook.{lang}.pdf"] = handbook_pdf(made)
        for name, page in handbook_pages(made).items():
            files[folder / lang / f"{name}.html"] = page.encode()
    _write(files)
    return [path for path in files if path.stem == "index" or path.suffix in DOCUMENT]


def _page(library: Library, guide: Guide, lang: str) -> bytes:
    from lianfang.handbook.outlining import outline
    from lianfang.handbook.pages import guide_page

    return guide_page(outline(library, guide, lang), lang).encode()


def _pdf(library: Library, guide: Guide, lang: str) -> bytes:
    from lianfang.handbook.outlining import outline
    from lianfang.handbook.pdf import guide_pdf

    return guide_pdf(outline(library, guide, lang), lang)


def _write(files: dict[Path, bytes]) -> None:
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            do = f"choose another place ({error.strerror})"
            raise InputError("can't be written", where=str(path), do=do) from error
