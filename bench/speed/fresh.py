"""Fresh processes: how long the first verdict has to wait, and what memory a stream takes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import lianfang
from bench.speed.clock import Spread

PACKAGE = Path(lianfang.__file__).parent
ROOT = Path(__file__).parents[2]
LOAD = """\
import sys, time
from pathlib import Path
start = time.perf_counter()
import lianfang
list(lianfang.Screener(Path(sys.argv[1])).screen(["征信修复"]))
print(time.perf_counter() - start)
"""


@dataclass(frozen=True, slots=True)
class Streamed:
    """A stream of messages in a process of its own; memory in bytes.

    Attributes:
        peak: the most that the process ever held.
        first, last: median of what it held in the first and the last quarter.
    """

    messages: int
    seconds: float
    peak: int
    first: int
    last: int

    @property
    def growth(self) -> float:
        """Of the last quarter over the first, as a share."""
        return self.last / self.first - 1


def load_seconds(guides: Path, runs: int) -> Spread:
    """From the import to the first verdict, where everything has been compiled before."""
    _load(PACKAGE.parent, guides)
    return Spread.of([_load(PACKAGE.parent, guides) for _ in range(runs)])


def first_seconds(guides: Path, runs: int) -> Spread:
    """The same, the first time ever: a new copy with nothing compiled and nothing cached."""
    return Spread.of([_first(guides) for _ in range(runs)])


def _first(guides: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        bare = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PACKAGE, Path(folder) / "lianfang", ignore=bare)
        shutil.copytree(guides, Path(folder) / "guides", ignore=bare)
        return _load(Path(folder), Path(folder) / "guides", cache=Path(folder) / "cache")


def _load(path: Path, guides: Path, cache: Path | None = None) -> float:
    more = {"XDG_CACHE_HOME": str(cache)} if cache else {}
    return float(_python(["-c", LOAD, str(guides)], str(path), more))


def stream(messages: int, seed: int, data: Path, guides: Path) -> Streamed:
    """Screen so many messages of the headline mix in a process of its own."""
    options = {"messages": messages, "seed": seed, "data": data, "guides": guides}
    flags = [f"--{name}={value}" for name, value in options.items()]
    path = os.pathsep.join((str(PACKAGE.parent), str(ROOT)))
    return Streamed(**json.loads(_python(["-m", "bench.speed.stream", *flags], path, {})))


def _python(arguments: list[str], path: str, more: dict[str, str]) -> str:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPATH": path, **more}
    done = subprocess.run(
        [sys.executable, *arguments],
        env=env,
        cwd=tempfile.gettempdir(),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout
