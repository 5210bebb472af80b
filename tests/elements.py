"""Reads a page of HTML into elements, strictly: what is opened must be closed in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Element:
    """An element, its text and what stands in it."""

    tag: str
    attrs: dict[str, str | None]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return (self.attrs.get("class") or "").split()

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def all(self, tag="", cls="", **attrs):
        """Every element below that has this tag, class and attributes."""
        found = []
        for part in self.inside:
            if isinstance(part, Element):
                fits = (not tag or part.tag == tag) and (not cls or cls in part.classes)
                if fits and all(part.attrs.get(k.replace("_", "-")) == v for k, v in attrs.items()):
                    found.append(part)
                found += part.all(tag, cls, **attrs)
        return found

    def one(self, tag="", cls="", **attrs):
        [found] = self.all(tag, cls, **attrs)
        return found


class Reader(HTMLParser):
    """Reads a page into elements; a tag that is closed out of order is an error."""

    def __init__(self):
        super().__init__()
        self.open = [Element("document", {})]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].inside.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].inside.append(data)


def read_html(html: str) -> Element:
    """Read a whole page."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> isn't closed"
    return reader.open[0]
