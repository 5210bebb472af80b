"""What is under way, on standard error: a bar or a line that changes, while it is a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lianfang.files import Source

EVERY = 2048
"""Rows between two looks at the clock: drawing must not cost what screening saves."""


@contextmanager
def progress(source: Source, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Show how much of a source has been read; yields what to call for each row."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415  half the start-up time, seldom needed
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(source.name, total=source.size)
        seen = 0

        def step() -> None:
            nonlocal seen
            seen += 1
            if seen % EVERY == 0:
                bar.update(task, completed=source.position)

        yield step


@contextmanager
def steps() -> Iterator[Callable[[str, str], None]]:
    """Show the step that is under way, the part of it, and for how long it has been.

    Yields what to call before each piece of work. Where there is no terminal, each step is a line.
    """
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda step, part: bar.update(task, description=f"{step} {part}")


def _lines() -> Callable[[str, str], None]:
    last = ""

    def tell(step: str, _: str) -> None:
        nonlocal last
        if step != last:
            click.echo(step, err=True)
        last = step

    return tell
