"""`python -m bench.speed.stream`: screen a long stream, and tell the memory it took (JSON)."""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import sys
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from bench.speed.mix import HEADLINE, messages, read_pools
from lianfang import Screener

if TYPE_CHECKING:
    from collections.abc import Iterable

POOL = 8192
SAMPLES = 400
PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> int:
    """Run in a process of its own: what it tells is of this process."""
    options = _options()
    pool = messages(read_pools(options.data, options.guides), HEADLINE, POOL, options.seed)
    screener = Screener(options.guides)
    start = time.perf_counter()
    held = sampled(screener, islice(cycle(pool), options.messages), options.messages)
    seconds = time.perf_counter() - start
    quarter = max(1, len(held) // 4)
    told = {
        "messages": options.messages,
        "seconds": round(seconds, 3),
        "peak": peak(),
        "first": int(statistics.median(held[:quarter])),
        "last": int(statistics.median(held[-quarter:])),
    }
    sys.stdout.write(json.dumps(told))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.speed.stream", description=__doc__)
    parser.add_argument("--messages", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--guides", type=Path, required=True)
    return parser.parse_args()


def sampled(screener: Screener, texts: Iterable[str], count: int) -> list[int]:
    """Bytes held, at even steps of the stream; verdicts are let go as they come."""
    step = max(1, count // SAMPLES)
    return [resident() for number, _ in enumerate(screener.screen(texts)) if number % step == 0]


def resident() -> int:
    """Bytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE


def peak() -> int:
    """The most bytes that this process ever held.

    Not `ru_maxrss`: Linux carries that over from the parent through `exec`.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) * 1024


if __name__ == "__main__":
    sys.exit(main())
