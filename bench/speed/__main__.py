"""`python -m bench.speed`: measure, and write `report.md` and `results.json`."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.digest import digest
from bench.quality.data import SHIPPED
from bench.speed.report import Origin, numbers, report
from bench.speed.result import Plan, measure
from lianfang import Screener
from lianfang.guides.library import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS = Path(__file__).parent / "results"
QUICK, FULL = 300_000, 10_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run once; the exit status is 0 whatever the numbers say."""
    options = _parser().parse_args(arguments)
    plan = _plan(options)
    result = measure(plan)
    origin = _origin(options.date, plan.guides)
    options.out.mkdir(parents=True, exist_ok=True)
    told = report(result, plan, origin)
    as_numbers = json.dumps(numbers(result, origin), indent=1, ensure_ascii=False) + "\n"
    (options.out / "report.md").write_text(told, encoding="utf-8")
    (options.out / "results.json").write_text(as_numbers, encoding="utf-8")
    sys.stdout.write(as_numbers if options.json else told)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, default=SHIPPED, help="folder of the ordinary messages")
    add("--guides", type=Path, default=shipped(), help="folder of the guides")
    add("--out", type=Path, default=RESULTS, help="folder that the results are written to")
    add("--date", default="not given", help="the day to name in the results, YYYY-MM-DD")
    add("--rounds", type=int, default=9, help="alternated rounds")
    add("--count", type=int, default=8192, help="messages a round")
    add("--full", action="store_true", help=f"stream {FULL:,} messages, not {QUICK:,}")
    add("--seed", type=int, default=0, help="of the mix")
    add("--json", action="store_true", help="print the numbers rather than the tables")
    return parser


def _plan(options: argparse.Namespace) -> Plan:
    return Plan(
        options.data.resolve(),
        options.guides.resolve(),
        options.count,
        options.rounds,
        calls=2000,
        loads=7,
        firsts=1,
        streamed=FULL if options.full else QUICK,
        seed=options.seed,
    )


def _origin(date: str, guides: Path) -> Origin:
    program = Screener(guides).program
    versions = {name: program.library.guides[name].version for name in program.guides}
    machine = f"{_processor()}, Python {platform.python_version()}, NumPy {np.__version__}"
    return Origin(
        date,
        machine,
        versions,
        digest(guides, guides.rglob("*.yaml")),
        len(program.patterns),
        len(program.rules),
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


if __name__ == "__main__":
    sys.exit(main())
