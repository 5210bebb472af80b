from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from elements import read_html
from lianfang.model import ActivityScore, FeatureHit, Span, Stance, Verdict
from lianfang.report import write_report

MADE_AT = datetime(2025, 11, 23, 22, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def read():
    return read_html


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
