"""What is under way, on standard error: a bar or a line that changes, while it is a terminal."""

from __future__ import annotations

import sys
import time
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


@contextmanager
def counted() -> Iterator[Callable[[str, int, int], None]]:
    """Yield what to tell what is under way, how much of it is done, and of how much."""
    if not sys.stderr.isatty():
        yield _seldom()
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress, TaskID  # noqa: PLC0415

    with Progress(console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, all_: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what)
            bar.update(tasks[what], completed=done, total=all_)

        yield tell


def _seldom() -> Callable[[str, int, int], None]:
    """A line a second, and one at the end of each kind."""
    last = time.monotonic()

    def tell(what: str, done: int, all_: int) -> None:
        nonlocal last
        if done == all_ or time.monotonic() - last > 1:
            last = time.monotonic()
            click.echo(f"{what}: {done} of {all_}", err=True)

    return tell
