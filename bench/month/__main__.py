"""`python -m bench.month`: write a synthetic month into a folder."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.month.generate import write
from bench.month.model import Month

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Write once; a folder that can't be written ends with a line on what is wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.days > (date.max - options.start).days:
        parser.error("argument --days: leads beyond the year 9999: ask for fewer days")
    try:
        write(options.out, options.seed, Month(options.start, options.days), options.items)
    except OSError as error:
        sys.stderr.write(f"{options.out}: {error.strerror}: choose another folder with --out\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.month", description=__doc__)
    add = parser.add_argument
    add("--seed", type=int, default=7, help="the same seed gives the same bytes")
    add("--start", type=_date, default=date(2026, 10, 1), help="the first day, YYYY-MM-DD")
    add("--days", type=_count, default=31, help="how many days")
    add("--items", type=_count, default=3000, help="of all four files together")
    add("--out", type=Path, required=True, help="the folder that the files are written to")
    return parser


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2026-10-01") from None


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
