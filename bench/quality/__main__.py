"""`python -m bench.quality`: measure, and write `report.md` and `results.json`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bench.digest import digest
from bench.quality.answers import screening
from bench.quality.data import SHIPPED, read_corpus
from bench.quality.floor import NAME as FLOOR
from bench.quality.floor import floor
from bench.quality.kinds import TABLES
from bench.quality.numbers import numbers
from bench.quality.report import Origin, report
from bench.quality.result import Result, measure
from lianfang import Screener
from lianfang.guides.library import shipped
from lianfang.screening.judge import StrengthJudge

if TYPE_CHECKING:
    from collections.abc import Sequence

SCREENER = "screener"
RESULTS = Path(__file__).parent / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run once; the exit status is 0 whatever the numbers say."""
    options = _parser().parse_args(arguments)
    screener = Screener(options.guides, model=options.model)
    if options.strengths:
        screener = Screener(options.guides, judge=StrengthJudge(screener.program))
    corpus = read_corpus(options.data, options.guides)
    result = measure({SCREENER: screening(screener), FLOOR: floor}, corpus, options.seed)
    origin = _origin(options.date, screener, options.guides, options.data)
    _write(options.out, result, origin)
    told = (
        _json(result, origin)
        if options.json
        else (options.out / "report.md").read_text(encoding="utf-8")
    )
    sys.stdout.write(told)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    add = parser.add_argument
    add("--data", type=Path, default=SHIPPED, help="folder of the held-out texts")
    add("--guides", type=Path, default=shipped(), help="folder of the guides")
    add("--model", type=Path, help="weights to judge with instead of the default judge")
    add("--strengths", action="store_true", help="judge by the strengths that guides give, alone")
    add("--out", type=Path, default=RESULTS, help="folder that the results are written to")
    add("--date", default="not given", help="the day to name in the results, YYYY-MM-DD")
    add("--seed", type=int, default=0, help="of the sample of attacks, and of disguises")
    add("--json", action="store_true", help="print the numbers rather than the tables")
    return parser


def _origin(date: str, screener: Screener, guides: Path, data: Path) -> Origin:
    program = screener.program
    versions = {name: program.library.guides[name].version for name in program.guides}
    texts = [path for path in data.glob("*") if path.suffix in (".jsonl", ".txt")]
    return Origin(
        date,
        versions,
        digest(guides, guides.rglob("*.yaml")),
        digest(data, texts),
        digest(TABLES, TABLES.glob("*.txt")),
    )


def _write(out: Path, result: Result, origin: Origin) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "report.md").write_text(report(result, origin), encoding="utf-8")
    (out / "results.json").write_text(_json(result, origin), encoding="utf-8")


def _json(result: Result, origin: Origin) -> str:
    about = {
        "date": origin.date,
        "guides": origin.guides,
        "guides_digest": origin.guides_digest,
        "data_digest": origin.data_digest,
        "disguises_digest": origin.disguises_digest,
    }
    return json.dumps(about | numbers(result), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
