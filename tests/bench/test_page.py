from __future__ import annotations

import json

from bench.quality.__main__ import RESULTS
from bench.quality.page import PAGE, page


def read():
    parts = ("", "strengths")
    return [json.loads((RESULTS / part / "results.json").read_text("utf-8")) for part in parts]


def test_the_page_is_that_of_the_committed_results():
    made = page(*read())
    assert PAGE.read_text(encoding="utf-8") == made
    assert "| telecom-fraud |" in made
    assert made.count("## ") == 7


def test_what_disguise_does_has_its_tables():
    disguised = {"texts": 200, "before": 100, "lost": 30, "gained": 10, "groups": 200}
    ways = {"mixed": {"offending": {"disguised": disguised}, "innocent": {"disguised": disguised}}}
    results = read()
    for judge in results:
        for method in judge["methods"].values():
            method["disguises"] = ways
    made = page(*results)
    assert made.count("## ") == 7
    [row] = [
        line
        for line in made.split("## Found under disguise")[1].splitlines()[:9]
        if "mixed" in line
    ]
    assert row.count("50.0 % → 40.0 %: −10.0 (") == 3
