"""The results of a run as tables and as numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bench.platform.pages import BARRED
from bench.platform.result import LEAST_RATE, MOST_QUERIES, MOST_SECONDS
from bench.tables import section, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.platform.result import Page, Result


@dataclass(frozen=True)
class Origin:
    """When, on what, and how busy it was with other work before the run: load over cores."""

    date: str
    machine: str
    database: str
    load: float


INTRODUCTION = """\
Written by `python -m bench.platform`; don't edit. A deployment with its own database, served by
`lianfang serve`; whoever asks for pages runs on the same cores. The ratios to peers of the same
run are the claims: absolute figures are of this machine, and of what else it did.
"""
READ_PAGES = """\
All people are at work at once: each asks for a page, looks at it for half a second to one and a
half, and asks for the next, in an order of their own. The peer is `/health/`, which the same
server answers in the same run: it asks the database whether it's there. A month of every kind was
screened and multiplied into a year: each copy of an item has another end, day and digest; most
alerts older than thirty days are decided."""
READ_RESTLESS = """\
The same people, who ask for the next page as soon as they have one: how long they then wait tells
how many pages the two processes of the site make in a second, not how long one takes."""
READ_INTAKE = """\
Parquet to screened and stored, by one worker, from its first rows to its last; the peer is COPY
of the same rows by psycopg into a table without index, reading the file included: it neither
judges nor seals, and keeps nothing from being told twice. Cores: seconds for a thousand rows that
the worker had a core, its start included, and that the database had one."""


def report(result: Result, origin: Origin) -> str:
    """All tables of a run."""
    return "\n".join(
        [
            "# The platform under load\n",
            INTRODUCTION,
            section("What was measured", _origin(result, origin)),
            section("Pages", READ_PAGES, _pages(result.pages, barred=True)),
            section("Without looking", READ_RESTLESS, _pages(result.restless, barred=False)),
            section("Intake", READ_INTAKE, _intakes(result)),
        ]
    )


def numbers(result: Result, origin: Origin) -> dict[str, Any]:
    """Every number of a run."""
    intakes = {
        mix: {**one._asdict(), "rate": one.rate, "ratio": one.ratio}
        for mix, one in result.intakes.items()
    }
    return {**asdict(origin), **asdict(result), "intakes": intakes}


def _origin(result: Result, origin: Origin) -> str:
    return (
        f"Date {origin.date}. {origin.machine}; {origin.database}. When it began others kept the "
        f"cores {origin.load:.0%} busy. {result.items:,} items, {result.alerts:,} alerts "
        f"(multiplied in {result.filling:.0f} s), {result.people} people at once."
    )


def _pages(pages: Mapping[str, Page], *, barred: bool) -> str:
    head = ("page", "asked", "median", "95 %", "99 %", "times /health/ (95 %)", "queries", "passed")
    return table(head, (_page(name, page, barred=barred) for name, page in pages.items()))


def _page(name: str, page: Page, *, barred: bool) -> tuple[str, ...]:
    passed = page.p95 < MOST_SECONDS and page.queries <= MOST_QUERIES
    return (
        name,
        f"{page.asked:,}",
        *(f"{1000 * one:.0f} ms" for one in (page.p50, page.p95, page.p99)),
        f"{page.ratio:.1f}",
        str(page.queries or ""),
        (f"< {1000 * MOST_SECONDS:.0f} ms: {_yes(passed)}" if barred and name in BARRED else ""),
    )


def _intakes(result: Result) -> str:
    head = (
        "mix", "rows", "rows/s", "suspect", "values", "times COPY", "worker", "database", "passed",
    )  # fmt: skip
    return table(
        head,
        (
            (
                mix,
                f"{one.rows:,}",
                f"{one.rate:,.0f}",
                f"{one.suspect / one.rows:.1%}",
                f"{one.values:,}",
                f"{one.ratio:.0f}",
                f"{1000 * one.worked / one.rows:.2f} s",
                f"{1000 * one.kept / one.rows:.2f} s",
                f"≥ {LEAST_RATE:,}: {_yes(one.rate >= LEAST_RATE)}",
            )
            for mix, one in result.intakes.items()
        ),
    )


def _yes(passed: bool) -> str:  # noqa: FBT001
    return "yes" if passed else "**no**"
