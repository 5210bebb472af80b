"""`python -m bench.platform`: fill a deployment, load it, and write what was measured."""

# ruff: noqa: A005  it is read as bench.platform, never alone

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from bench.platform import intake, load, pool, posts, year
from bench.platform.pages import PAGES, known
from bench.platform.queries import most_queries
from bench.platform.report import Origin, numbers, report
from bench.platform.result import Result, pages
from bench.platform.site import Site, site
from lianfang.web import operations
from lianfang.web.deployment import DATABASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.platform.intake import Taken

RESULTS = Path(__file__).parent / "results"
QUICK, FULL = 50_000, 1_000_000
COPIES = 20
LEAST = 300
"""Items of a month; a year has twenty times as many, unless that is more than were asked for."""

REST = 1.0
"""Seconds that somebody looks at a page: less than people do who read what it says."""

START = date(2026, 10, 1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run once; the exit status is 0 whatever the numbers say."""
    options = _parser().parse_args(arguments)
    if options.full:
        options.items = options.rows = FULL
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    with tempfile.TemporaryDirectory() as folder, site() as made:
        result = _measured(made, Path(folder), options)
        origin = Origin(options.date, _machine(), _server(made), busy)
    options.out.mkdir(parents=True, exist_ok=True)
    as_numbers = json.dumps(numbers(result, origin), indent=1, ensure_ascii=False) + "\n"
    (options.out / "report.md").write_text(report(result, origin), encoding="utf-8")
    (options.out / "results.json").write_text(as_numbers, encoding="utf-8")
    sys.stdout.write(report(result, origin))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.platform", description=__doc__)
    add = parser.add_argument
    add("--date", default="not given", help="the day to name in the results, YYYY-MM-DD")
    add("--items", type=int, default=QUICK, help="items that there are when pages are asked for")
    add("--rows", type=int, default=QUICK, help="rows of each file that is taken in")
    add("--full", action="store_true", help=f"{FULL:,} of both")
    add("--people", type=int, default=8, help="people at once")
    add("--rounds", type=int, default=40, help="how often each asks for each page")
    add("--out", type=Path, default=RESULTS, help="folder that the results are written to")
    return parser


def _measured(made: Site, folder: Path, options: argparse.Namespace) -> Result:
    """Pages first; then files are taken in beside the year that is there."""
    pool.fill(made, folder, items=max(options.items // COPIES, LEAST), start=START)
    filling = _multiplied(made, options.items)
    there = known()
    queries = most_queries(there)
    with load.served(made) as port:
        resting, restless = (
            load.work(
                port, there, people=options.people, rounds=options.rounds, pages=[*PAGES], rest=rest
            )
            for rest in (REST, 0.0)
        )
    return Result(
        *_counted(),
        filling,
        options.people,
        pages(resting, queries),
        pages(restless, queries),
        _intakes(made, folder, options.rows),
    )


def _multiplied(made: Site, items: int) -> float:
    """Seconds that it took."""
    administrator = operations.administrator(made.deployment, made.place, DATABASE)
    begun = time.monotonic()
    with psycopg.connect(administrator, autocommit=True) as connection:
        year.multiply(connection, items=items, sketches=pool.sketches())
    return time.monotonic() - begun


def _intakes(made: Site, folder: Path, rows: int) -> dict[str, Taken]:
    taken = {}
    for number, mix in enumerate(posts.MIXES):
        file = folder / f"{number}.parquet"
        posts.write(file, mix=mix, rows=rows, start=START)
        taken[mix] = intake.take(made, file, f"接入{number}")
    return taken


def _counted() -> tuple[int, int]:
    from lianfang.web.alerts.models import Alert  # noqa: PLC0415  once Django is set up
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415
    from lianfang.web.intake.models import Item  # noqa: PLC0415

    with seeing(ALL_PURPOSES):
        return Item.objects.count(), Alert.objects.count()


def _server(made: Site) -> str:
    administrator = operations.administrator(made.deployment, made.place, DATABASE)
    with psycopg.connect(administrator) as connection:
        number = connection.info.server_version
    return f"PostgreSQL {number // 10_000}.{number % 10_000}"


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    processor = next(names, platform.machine())
    return f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
