"""Reads what the handbook writes: outlines as texts, PDFs as a reader sees them."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from io import BytesIO

from pypdf import PdfReader

UNSAID = {"anchor", "target", "sure", "side", "kind", "strength"}
"""Fields that steer how a thing is set and say nothing themselves."""


def texts(value, but=frozenset()):
    """Every text that an outline, or a part of one, says."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, tuple):
        return [text for part in value for text in texts(part, but)]
    if not is_dataclass(value):
        return []
    said = [one.name for one in fields(value) if one.name not in UNSAID | but]
    if type(value).__name__ == "Section":
        said.remove("name")
    return [text for name in said for text in texts(getattr(value, name), but)]


def bare(text):
    """A text without spaces and hyphens, which a line's end may put in or swallow."""
    return re.sub(r"[\s\u00ad-]+", "", text)


class Pdf:
    """A PDF as a reader sees it."""

    def __init__(self, content):
        self.reader = PdfReader(BytesIO(content), strict=True)
        self.root = self.reader.trailer["/Root"]

    @property
    def text(self):
        """What all pages say, without their running heads and numbers, bare."""
        pages = (page.extract_text().splitlines() for page in self.reader.pages)
        return bare("".join("".join(lines[1:-1]) for lines in pages))

    @property
    def bookmarks(self):
        """Titles of the outline, flat."""
        return [entry.title for entry in _flat(self.reader.outline)]

    @property
    def fonts(self):
        """Every font that a page uses, by its name."""
        return {
            str(font["/BaseFont"]): font
            for page in self.reader.pages
            for font in (one.get_object() for one in page["/Resources"]["/Font"].values())
        }


def _flat(entries):
    for entry in entries:
        yield from _flat(entry) if isinstance(entry, list) else [entry]
