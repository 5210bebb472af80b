from __future__ import annotations

import json

from bench.quality.__main__ import RESULTS
from bench.quality.page import PAGE, page


def test_the_page_is_that_of_the_committed_results():
    read = [
        json.loads((RESULTS / part / "results.json").read_text("utf-8")) for part in ("", "learned")
    ]
    made = page(*read)
    assert PAGE.read_text(encoding="utf-8") == made
    assert "| telecom-fraud |" in made
    assert made.count("## ") == 5
