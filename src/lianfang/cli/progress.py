"""A progress bar on standard error, while it is a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

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
