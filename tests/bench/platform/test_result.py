from __future__ import annotations

import json

import pytest
from bench.platform.intake import Taken
from bench.platform.load import HEALTH, Answer
from bench.platform.report import Origin, numbers, report
from bench.platform.result import Result, pages

ORIGIN = Origin("2026-01-02", "a machine", "PostgreSQL 18.1", 0.5)
TAKEN = Taken(
    rows=10_000, added=10_000, suspect=500, alerts=400, values=90, seconds=2.5, whole=5.0,
    worked=2.0, kept=1.0, copied=0.1,
)  # fmt: skip


@pytest.fixture
def result():
    slow = [Answer("queue", n / 1000) for n in range(1, 101)]
    answers = [*slow, *(Answer("search", 0.2) for _ in range(3)), Answer(HEALTH, 0.004)]
    told = pages(answers, {"queue": 9, "search": 13})
    return Result(5000, 900, 3.0, 8, told, told, {"month": TAKEN})


def test_shares_of_all_answers(result):
    page = result.pages["queue"]
    assert (page.asked, page.queries) == (100, 9)
    assert (page.p50, page.p95, page.p99) == (0.051, 0.096, 0.1)
    assert page.ratio == pytest.approx(24)
    assert result.pages[HEALTH].ratio == 1


def test_what_is_told(result):
    told = report(result, ORIGIN)
    assert "2026-01-02" in told
    of_pages, _, without = told.partition("Without looking")
    assert "150 ms" not in without
    lines = (of_pages + without[without.index("## ") :]).splitlines()
    rows = {line.split(" | ")[0].strip("| "): line for line in lines}
    assert "< 150 ms: yes" in rows["queue"]
    assert "< 150 ms: **no**" in rows["search"]
    assert "| 4,000 |" in rows["month"]
    assert "≥ 5,000: **no**" in rows["month"]


def test_all_numbers_are_in_the_json(result):
    told = json.loads(json.dumps(numbers(result, ORIGIN)))
    assert told["intakes"]["month"]["rate"] == 4000
    assert told["intakes"]["month"]["ratio"] == pytest.approx(25)
    assert told["pages"]["search"]["p95"] == 0.2
    assert told["load"] == 0.5
