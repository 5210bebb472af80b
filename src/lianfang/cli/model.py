"""`lianfang model`: train the judge's weights, and read what they were trained on."""

from __future__ import annotations

from pathlib import Path

import click

from lianfang.cli.tell import explain

# ruff: noqa: PLC0415  each command loads what it needs, so that `--help` and others start fast

FILE = click.Path(path_type=Path, dir_okay=False)
guides_option = click.option(
    "--guides",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the guides; the shipped ones by default.",
)


@click.group()
def model() -> None:
    """The trained judge: learn its weights, read its card."""


@model.command()
@guides_option
@click.option("--also", type=FILE, multiple=True, help="More labelled lines (JSONL) to learn from.")
@click.option(
    "-o",
    "--output",
    type=FILE,
    help="The file to write: by default the shipped one, or model.npz in the folder of --guides.",
)
@explain()
def train(guides: Path | None, also: tuple[Path, ...], output: Path | None) -> None:
    """Learn weights from the corpus of the guides; takes some minutes.

    A line of --also has "text", "stance" and "activities". All lines of a file count as one
    author's, and are held out together.
    """
    from lianfang.cli.model_card import print_card
    from lianfang.errors import InputError
    from lianfang.guides.compile import compile_library
    from lianfang.guides.library import Library
    from lianfang.screening.weights import home, save

    try:
        from lianfang.training.fit import train as fit
        from lianfang.training.lines import read_lines
    except ModuleNotFoundError as error:
        do = "install `lianfang[train]`"
        raise InputError(f"{error.name} is not installed", do=do) from error
    library = Library(guides)
    program = compile_library(library)
    lines = read_lines(library.root, also)
    weights = fit(program, lines, lambda word: click.echo(word, err=True))
    path = output or home(library.root)
    save(weights, path)
    click.echo(f"written to {path}", err=True)
    print_card(weights)


@model.command()
@click.argument("file", type=FILE, required=False)
@explain()
def card(file: Path | None) -> None:
    """Show what a model was trained on and how it did on authors that it hadn't seen."""
    from lianfang.cli.model_card import print_card
    from lianfang.screening.weights import SHIPPED, load

    print_card(load(file or SHIPPED))
