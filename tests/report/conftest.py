from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest

from lianfang.model import ActivityScore, FeatureHit, Span, Stance, Verdict
from lianfang.report import write_report

MADE_AT = datetime(2025, 11, 23, 22, 30, tzinfo=timezone(timedelta(hours=8)))
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


@pytest.fixture
def read():
    def read(html):
        reader = Reader()
        reader.feed(html)
        reader.close()
        assert len(reader.open) == 1, f"<{reader.open[-1].tag}> isn't closed"
        return reader.open[0]

    return read


@pytest.fixture
def write(make_library, tmp_path):
    """Write a report of pairs; returns its HTML."""

    def write(pairs, **options):
        path = tmp_path / "report.html"
        library = options.pop("library", None) or make_library(tmp_path / "guides")
        options = {"title": "报告", "made_at": MADE_AT, "thresholds": (0.4, 0.65)} | options
        write_report(path, pairs, library, **options)
        return path.read_text(encoding="utf-8")

    return write


@pytest.fixture
def page(write, read):
    """Write a report of pairs; returns it read."""
    return lambda pairs, **options: read(write(pairs, **options))


@pytest.fixture
def hit():
    def hit(text, *places, id="loan-scam/offers-loan", **changes):  # noqa: A002
        spans = tuple(Span(start, end, text[start:end]) for start, end in places)
        values = {"label": "招揽贷款", "why": "贷款与联系方式同现", "strength": "strong"}
        values |= {"activity": "loan-scam", "stance": Stance.OFFER} | changes
        return FeatureHit(id=id, spans=spans, **values)

    return hit


@pytest.fixture
def verdict():
    def verdict(**changes):
        values = {
            "id": 1,
            "suspect": False,
            "activities": (),
            "stance": Stance.OTHER,
            "score": 0.0,
            "features": (),
            "rewritings": (),
            "decided_by": None,
            "guides": {},
        }
        return Verdict(**(values | changes))

    return verdict


@pytest.fixture
def suspect(verdict):
    def suspect(**changes):
        values = {
            "suspect": True,
            "activities": (ActivityScore("loan-scam", 0.93),),
            "stance": Stance.OFFER,
            "score": 0.98,
            "guides": {"loan-scam": "1.0.0"},
        }
        return verdict(**(values | changes))

    return suspect
