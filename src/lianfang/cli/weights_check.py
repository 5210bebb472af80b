"""Whether the weights that stand with the guides were learned from them as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.errors import LianfangError
from lianfang.guides.checks import Finding
from lianfang.screening.weights import SHIPPED, home, load
from lianfang.training.digest import digest
from lianfang.training.lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lianfang.guides.library import Library


def weights_findings(library: Library) -> Iterator[Finding]:
    """A warning where they weren't; nothing where there are no weights, or nothing to compare."""
    path = home(library.root)
    if not path.is_file():
        return
    try:
        now = digest(library, read_lines(library.root))
    except LianfangError:  # the checks of guides and lines tell it
        return
    try:
        then = load(path).trained.get("digest")
    except LianfangError as error:
        yield _warning(path, error.what)
        return
    if then != now:
        yield _warning(path, "weights that weren't learned from these guides and lines")


def _warning(path: Path, what: str) -> Finding:
    do = "run `make model`" if path == SHIPPED else "run `lianfang model train` for this folder"
    return Finding("warning", str(path), 1, what, do)
