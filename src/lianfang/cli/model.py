"""`lianfang model`: train a judge's weights or labels of one's own, read their card, apply them."""

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
text_option = click.option("--text", "--text-column", "text", help="Column or key of the texts.")
rejects_option = click.option(
    "--rejects", type=FILE, help="CSV file that takes the rows that can't be used, with reasons."
)


@click.group()
def model() -> None:
    """Trained models: the judge's weights, or labels of your own."""


@model.command()
@guides_option
@click.option("--also", type=FILE, multiple=True, help="More labelled lines (JSONL) to learn from.")
@click.option(
    "-o",
    "--output",
    type=FILE,
    help="The file to write: by default the shipped one, or model.npz in the folder of --guides.",
)
@click.option(
    "--labels",
    "file",
    type=FILE,
    help="Learn the labels of this file (CSV, TSV, XLSX, JSONL, Parquet) instead of a judge.",
)
@text_option
@click.option(
    "--label",
    "--label-column",
    "label",
    help="Column or key of the labels: one, several with ; between, or a JSON list.",
)
@click.option(
    "--group",
    "--group-column",
    "group",
    help="Column or key of what is held out together; else near-duplicates are.",
)
@rejects_option
@explain()
def train(  # noqa: PLR0917
    guides: Path | None,
    also: tuple[Path, ...],
    output: Path | None,
    file: Path | None,
    text: str | None,
    label: str | None,
    group: str | None,
    rejects: Path | None,
) -> None:
    """Learn a judge's weights from the corpus of the guides, or the labels of any file.

    Takes some minutes. A line of --also has "text", "stance" and "activities". All lines of a
    file count as one author's, and are held out together.

    With --labels the file's own labels are learned, whatever they are, and tried on groups of
    rows held out; `lianfang model apply` then labels other texts.
    """
    from lianfang.cli.labels import Reading, learn
    from lianfang.cli.training import learn_judge
    from lianfang.errors import InputError

    try:
        if file is None:
            if text or label or group or rejects:
                raise click.UsageError("--text, --label, --group and --rejects go with --labels")
            learn_judge(guides, also, output)
        elif guides or also or output is None:
            raise click.UsageError("--labels needs -o, and takes neither --guides nor --also")
        else:
            learn(file, output, Reading(text, label, group, rejects))
    except ModuleNotFoundError as error:
        do = "install `lianfang[train]`"
        raise InputError(f"{error.name} is not installed", do=do) from error


@model.command()
@click.argument("file", type=FILE, required=False)
@explain()
def card(file: Path | None) -> None:
    """Show what a model was trained on and how it did on lines that it hadn't seen."""
    from lianfang.cli.model_card import card_of
    from lianfang.screening.weights import SHIPPED

    click.echo(card_of(file or SHIPPED), nl=False)


@model.command()
@click.argument("file", type=FILE, metavar="MODEL")
@click.argument("source", metavar="FILE or -")
@click.option("-o", "--output", type=FILE, help="Write there instead of standard output.")
@text_option
@click.option("--id", "--id-column", "id_", help="Column or key of the ids.")
@rejects_option
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
@explain()
def apply(  # noqa: PLR0917
    file: Path,
    source: str,
    output: Path | None,
    text: str | None,
    id_: str | None,
    rejects: Path | None,
    quiet: bool,  # noqa: FBT001
) -> None:
    """Label the texts of FILE with a MODEL that `train --labels` made; one JSON line a text.

    "labels" are those that the text is given, "probabilities" those of all labels, each by itself.
    """
    from lianfang.cli.labels import Reading, apply_labels

    reading = Reading(text, None, None, rejects, id_)
    apply_labels(file, source, output, reading, quiet=quiet)
