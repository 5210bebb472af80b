"""A judge learned from the guides' corpus, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lianfang.cli.model_card import judge_card
from lianfang.cli.progress import steps
from lianfang.guides.compile import compile_library
from lianfang.guides.library import Library
from lianfang.screening.weights import home, save
from lianfang.training.lines import read_lines

if TYPE_CHECKING:
    from pathlib import Path


def learn_judge(guides: Path | None, also: tuple[Path, ...], output: Path | None) -> None:
    """Train, write and tell.

    Raises:
        ModuleNotFoundError: scikit-learn isn't installed.
        GuideError: the guides can't be compiled.
        InputError: lines can't be read, or there is nothing to learn from.
    """
    from lianfang.training.fit import train  # noqa: PLC0415  loads scikit-learn

    library = Library(guides)
    program = compile_library(library)
    lines = read_lines(library.root, also)
    with steps() as tell:
        weights = train(program, lines, tell)
    path = output or home(library.root)
    save(weights, path)
    click.echo(f"written to {path}", err=True)
    click.echo(judge_card(weights), nl=False)
