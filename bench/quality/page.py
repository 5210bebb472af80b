"""`python -m bench.quality.page`: write `docs/quality.md` from the results of both judges."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.quality.__main__ import RESULTS, SCREENER
from bench.quality.cells import before_and_after, rate_text
from bench.quality.floor import NAME as FLOOR
from bench.quality.paired import Paired
from bench.quality.rates import Rate
from bench.tables import section, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"
METHODS = ("learned judge (default)", "strengths alone", "word list")

HEAD = """# Quality

Written by `make bench`; don't edit. Measured {date} on held-out lines that neither the guides'
writers nor the judge had read (`bench/quality/data`), with 95 % Wilson intervals and counts. The
innocent lines are about the same things as the offending ones and written to look alike. All lines
were written for this project: measure on your own traffic too. More in
`bench/quality/results/report.md` and, for the strengths that the guides give, added up without
learning, `results/strengths/report.md`.
"""


SECTIONS = (
    (
        "Found, by activity",
        "Offending lines called suspect, under whatever name.",
        *("activity", "activities", "recall_any_name"),
    ),
    (
        "Found and named rightly",
        "Offending lines called suspect and given this activity's name among others.",
        *("activity", "activities", "recall"),
    ),
    (
        "False alarms, by activity",
        "Innocent lines about the activity that are called suspect.",
        *("activity", "activities", "hard_false_alarms"),
    ),
    (
        "Suspect, by stance",
        "What offends above (offer, instruct, act), false alarms below.",
        *("stance", "stances", "suspect"),
    ),
    ("Left to a person, by stance", "", *("stance", "stances", "null")),
    (
        "Found under disguise",
        "Suspect before and after, of offending lines that hold a word to hide; change in points.",
        *("disguise", "disguises", "offending"),
    ),
    (
        "False alarms under disguise",
        "The same of innocent lines. Mixed: one or two ways in one text.",
        *("disguise", "disguises", "innocent"),
    ),
)
"""Title, a word on it, the first column, rows and field of the results."""


def main() -> int:
    """Write the page; the exit status is 0."""
    PAGE.write_text(page(_read(RESULTS), _read(RESULTS / "strengths")), encoding="utf-8")
    return 0


def page(default: dict[str, Any], strengths: dict[str, Any]) -> str:
    """The page, from what `results.json` of each judge holds."""
    methods = [
        default["methods"][SCREENER],
        strengths["methods"][SCREENER],
        default["methods"][FLOOR],
    ]
    parts = (
        section(title, note, table((what, *METHODS), _rows(methods, rows, field)))
        for title, note, what, rows, field in SECTIONS
    )
    return "\n".join((HEAD.format(date=default["date"]), *parts))


def _rows(methods: Sequence[dict[str, Any]], rows: str, field: str) -> Iterator[tuple[str, ...]]:
    for name in methods[0][rows]:
        yield name, *(_cell(method[rows][name][field]) for method in methods)


def _cell(numbers: dict[str, Any] | None) -> str:
    if numbers and "disguised" in numbers:
        return before_and_after(Paired(**numbers["disguised"]))
    return rate_text(Rate(numbers["hits"], numbers["total"]) if numbers else None)


def _read(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    sys.exit(main())
