"""`lianfang screen`: files or standard input in, verdicts out."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from lianfang.cli.pipeline import Pipeline
from lianfang.cli.progress import progress
from lianfang.cli.refusals import Refusals, refuse_overwriting
from lianfang.cli.sinks import open_sink
from lianfang.cli.tell import explain, tell
from lianfang.errors import LianfangError
from lianfang.files import FORMATS, Reject, Row, Source, open_source
from lianfang.screening.weights import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE... or -")
@click.option(
    "--format",
    "out_format",
    type=click.Choice(["jsonl", "table", "html"]),
    default="jsonl",
    show_default=True,
    help="Form of the verdicts.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write there instead of standard output (html: lianfang-report.html).",
)
@click.option(
    "--input-format",
    type=click.Choice(list(FORMATS)),
    help="Form of the input, where the suffix doesn't tell.",
)
@click.option("--text-column", help="Column or key of the texts.")
@click.option("--id-column", help="Column or key of the ids.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes to screen with.",
)
@click.option(
    "--rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV file that takes the rows that can't be read, with reasons.",
)
@click.option(
    "--guides",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the guides; the shipped ones by default.",
)
@click.option(
    "--model",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Judge with trained weights: a file, or `shipped` (see `lianfang model card`).",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of html.")
@click.option("--reveal", is_flag=True, help="Mask no phone, card or identity number, no handle.")
@click.option("--quiet", is_flag=True, help="No progress and no summary.")
def screen(  # noqa: PLR0917
    files: tuple[str, ...],
    out_format: str,
    output: Path | None,
    input_format: str | None,
    text_column: str | None,
    id_column: str | None,
    workers: int,
    rejects: Path | None,
    guides: Path | None,
    model: Path | None,
    lang: str,
    reveal: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
) -> None:
    """Screen the texts of FILE... (TXT, CSV, TSV, XLSX, JSONL, Parquet), or of - for a pipe.

    One verdict a text, in order. A row that can't be read is told, or written to --rejects,
    and the rest goes on; a file that can't be read is told, and the other files go on.
    """
    run = _Run(Refusals(rejects), quiet=quiet)
    options = _Options(input_format, text_column, id_column)
    with explain(), ExitStack() as stack:
        refuse_overwriting(files, output, rejects)
        encode = out_format == "jsonl"
        weights = SHIPPED if model == Path("shipped") else model
        pipeline = stack.enter_context(
            Pipeline(guides, weights, workers, encode=encode, reveal=reveal)
        )
        stack.enter_context(run.refuse)
        sink = stack.enter_context(
            open_sink(out_format, output, pipeline.screener, lang, reveal=reveal)
        )
        sink.take(pipeline.run(run.rows(files, options)))
    run.summary()
    sys.exit(1 if run.failed else 0)


class _Options(NamedTuple):
    """How every file of a run is opened."""

    format: str | None
    text_column: str | None
    id_column: str | None

    def open(self, path: Path | str) -> Source:
        return open_source(
            path, format=self.format, text_column=self.text_column, id_column=self.id_column
        )


class _Run:
    """What one run has read, refused and failed at."""

    def __init__(self, refuse: Refusals, *, quiet: bool) -> None:
        self.refuse, self._quiet = refuse, quiet
        self.read = self.failed = 0

    def rows(self, files: tuple[str, ...], options: _Options) -> Iterator[Row]:
        for name in files:
            try:
                yield from self._rows_of(name, options)
            except LianfangError as error:
                self.failed += 1
                tell(error)

    def _rows_of(self, name: str, options: _Options) -> Iterator[Row]:
        path = name if name == "-" else Path(name)
        with options.open(path) as source, progress(source, quiet=self._quiet) as step:
            for item in source:
                step()
                if isinstance(item, Reject):
                    self.refuse(item)
                else:
                    self.read += 1
                    yield item

    def summary(self) -> None:
        if self.refuse.count or not self._quiet:
            click.echo(f"{self.read} texts screened{self.refuse}", err=True)
