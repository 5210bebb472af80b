"""Findings of the checks, printed one a line, and counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lianfang.cli.console import from_here
from lianfang.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lianfang.guides.checks import Finding

COLOURS = {"error": "red", "warning": "yellow"}


def root_of(path: Path) -> Path:
    """The folder of guides that a path lies in: the nearest one that holds a lexicon.

    Raises:
        NotFoundError: nothing is there. Where no folder around it is one of guides, the path
            itself is the answer: the library then says what is missing.
    """
    if not path.exists():
        raise NotFoundError("no such file or folder", where=str(path), do="mend the path")
    around = (path, *path.resolve().parents)
    return next((folder for folder in around if (folder / "lexicon").is_dir()), path)


def under(findings: Iterable[Finding], path: Path | None) -> list[Finding]:
    """Findings in a file or folder; all without one."""
    if path is None:
        return list(findings)
    top = path.resolve()
    return [found for found in findings if Path(found.path).resolve().is_relative_to(top)]


def print_findings(findings: list[Finding]) -> int:
    """Print them and their counts; the exit code: 1 where there is an error."""
    for found in findings:
        click.echo(
            f"{from_here(str(found))} "
            + click.style(f"[{found.severity}]", COLOURS[found.severity])
        )
    counts = Counter(found.severity for found in findings)
    click.echo(f"{_count(counts['error'], 'error')}, {_count(counts['warning'], 'warning')}")
    return 1 if counts["error"] else 0


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
