"""A trial of the guides, printed: examples that fail, numbers, features that say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.table import Table

from lianfang.cli.console import console, from_here

if TYPE_CHECKING:
    from lianfang.screening.measured import Measured, Share
    from lianfang.screening.trial import Trial


def print_trial(found: Trial) -> int:
    """Print it; the exit code: 1 where an example fails."""
    for failure in found.failures:
        click.secho(from_here(str(failure)), fg="red")
    click.echo(f"{len(found.failures)} examples fail")
    console().print(_table(found.measured))
    for name in found.silent:
        click.echo(f"{name}: fires in no text of the corpora")
    for together in found.together:
        click.echo(f"{', '.join(together.features)}: always together ({together.texts} texts)")
    return 1 if found.failures else 0


def _table(measured: tuple[Measured, ...]) -> Table:
    title = "on the guides' own texts; with 95 % Wilson intervals"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 1, 1))
    for head in ("guide", "recall", "false alarms", "precision", "unsure", "stance"):
        table.add_column(head, no_wrap=True)
    for row in measured:
        shares = (row.recall, row.false_alarms, row.precision, row.unsure, row.stance)
        table.add_row(row.guide or "all", *map(_cell, shares))
    return table


def _cell(share: Share) -> str:
    if share.value is None:
        return "-"
    low, high = share.interval
    return f"{share.value:.1%}\n{low:.1%}-{high:.1%}\n{share.hits}/{share.total}"
