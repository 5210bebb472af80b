"""Labels learned from anybody's file, and given to texts, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import msgspec

from lianfang.cli.label_card import label_card
from lianfang.cli.pipeline import chunks
from lianfang.cli.progress import progress, steps
from lianfang.cli.refusals import Refusals, refuse_overwriting
from lianfang.cli.sinks import binary
from lianfang.files import Reject, Row, open_source
from lianfang.text.labeller import given, load, save
from lianfang.training.labelled_file import read_labelled, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lianfang.files import Source
    from lianfang.text.labeller import Labeller

DECIMALS = 4


class Reading(NamedTuple):
    """How a file is read: its columns, and where the rows go that can't be used."""

    text: str | None
    label: str | None
    group: str | None
    rejects: Path | None
    id: str | None = None


def learn(file: Path, output: Path, reading: Reading) -> None:
    """Train, write and tell.

    Raises:
        ModuleNotFoundError: scikit-learn isn't installed.
        InputError: the file can't be read or learned from.
    """
    from lianfang.training.labels import train_labels  # noqa: PLC0415  loads scikit-learn

    refuse_overwriting((file,), output, reading.rejects)
    columns = wanted(reading.label, reading.group)
    with Refusals(reading.rejects) as refuse:
        with open_source(file, text_column=reading.text, others=columns) as source:
            lines = read_labelled(source, refuse)
        click.echo(f"{len(lines.texts):,} texts read{refuse}", err=True)
    with steps() as tell:
        labeller = train_labels(lines, tell)
    save(labeller, output)
    click.echo(f"written to {output}", err=True)
    click.echo(label_card(labeller), nl=False)


def apply_labels(
    model: Path, name: str, output: Path | None, reading: Reading, *, quiet: bool
) -> None:
    """Write a line a text, in order.

    Raises:
        InputError: the model or the file can't be read, or the output can't be written.
    """
    labeller = load(model)
    refuse_overwriting((name, model), output, reading.rejects)
    path = name if name == "-" else Path(name)
    encoder, count = msgspec.json.Encoder(), 0
    with (
        Refusals(reading.rejects) as refuse,
        open_source(path, text_column=reading.text, id_column=reading.id) as source,
        binary(output) as file,
    ):
        for chunk in chunks(_rows(source, refuse, quiet=quiet)):
            file.write(encoder.encode_lines(list(labelled(labeller, chunk))))
            count += len(chunk)
    if refuse.count or not quiet:
        click.echo(f"{count} texts labelled{refuse}", err=True)


def labelled(labeller: Labeller, rows: Iterable[tuple[str | int, str]]) -> Iterator[dict[str, Any]]:
    """What is written of each text, given with its id."""
    ids, texts = zip(*rows, strict=True)
    likely = labeller.probabilities(texts)
    places = given(likely, single=labeller.single)
    for id_, row, own in zip(ids, likely.round(DECIMALS).tolist(), places.tolist(), strict=True):
        names = [label for label, its in zip(labeller.labels, own, strict=True) if its]
        told = dict(zip(labeller.labels, row, strict=True))
        yield {"id": id_, "labels": names, "probabilities": told}


def _rows(source: Source, refuse: Refusals, *, quiet: bool) -> Iterator[Row]:
    with progress(source, quiet=quiet) as step:
        for item in source:
            step()
            if isinstance(item, Reject):
                refuse(item)
            else:
                yield item
