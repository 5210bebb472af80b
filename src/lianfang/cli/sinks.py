"""Where verdicts go: JSON lines, a table for a terminal, an HTML report."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

import click

from lianfang.errors import InputError
from lianfang.indicators import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lianfang.cli.pipeline import Lines, Pairs
    from lianfang.model import Verdict
    from lianfang.screening import Screener

DEFAULT_REPORT = Path("lianfang-report.html")
EXCERPT = 40
MARKS = {True: "可疑", False: "未见可疑", None: "待核"}


class Sink(Protocol):
    def take(self, chunks: Iterable[Pairs | Lines]) -> None: ...


@contextmanager
def open_sink(
    form: str, output: Path | None, screener: Screener, lang: str, *, reveal: bool
) -> Iterator[Sink]:
    """Open the place that takes the verdicts.

    Args:
        form: "jsonl", "table" or "html".
        output: the file; None for standard output, or the usual name of a report.
        screener: what the verdicts come from.
        lang: language of a report.
        reveal: mask no numbers; JSON lines come as they shall be written.

    Raises:
        InputError: the output can't be written.
    """
    if form == "html":
        yield _Report(output or DEFAULT_REPORT, screener, lang, reveal=reveal)
        return
    with binary(output) as file:
        yield _Lines(file) if form == "jsonl" else _Table(file, reveal=reveal)


@contextmanager
def binary(output: Path | None) -> Iterator[IO[bytes]]:
    """A file to write to, or standard output.

    Raises:
        InputError: it can't be written.
    """
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        file = output.open("wb")
    except OSError as error:
        do = f"choose another place ({error.strerror})"
        raise InputError("can't be written", where=str(output), do=do) from error
    with file:
        yield file


class _Lines:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def take(self, chunks: Iterable[Pairs | Lines]) -> None:
        for chunk in chunks:
            if isinstance(chunk, bytes):
                self._file.write(chunk)
                self._file.flush()


class _Table:
    """Columns of fixed width, so that it streams: a table must not wait for the last row."""

    def __init__(self, file: IO[bytes], *, reveal: bool) -> None:
        self._file, self._reveal = file, reveal

    def take(self, chunks: Iterable[Pairs | Lines]) -> None:
        self._line("判断", "语态", "得分", "活动", "编号  文本")
        for chunk in chunks:
            for verdict, text in chunk if isinstance(chunk, list) else ():
                beginning = text[: EXCERPT * 4]
                shown = beginning if self._reveal else mask(beginning)
                excerpt = " ".join(shown.split())[:EXCERPT]
                activities = ", ".join(activity.id for activity in verdict.activities) or "-"
                self._line(
                    MARKS[verdict.suspect],
                    verdict.stance.zh,
                    f"{verdict.score:.2f}",
                    activities,
                    f"{verdict.id}  {excerpt}",
                )

    def _line(self, mark: str, stance: str, score: str, activities: str, rest: str) -> None:
        cells = (_pad(mark, 10), _pad(stance, 6), _pad(score, 6), _pad(activities, 28), rest)
        line = "".join(cells).rstrip() + "\n"
        self._file.write(line.encode("utf-8", "replace"))


def _pad(text: str, width: int) -> str:
    """Pad to a width in terminal columns; a Han character takes two."""
    taken = sum(2 if ord(char) > 0x2E7F else 1 for char in text)  # noqa: PLR2004
    return text + " " * max(width - taken, 1)


class _Report:
    def __init__(self, path: Path, screener: Screener, lang: str, *, reveal: bool) -> None:
        self._path, self._screener, self._lang, self._reveal = path, screener, lang, reveal

    def take(self, chunks: Iterable[Pairs | Lines]) -> None:
        from lianfang.report import write_report  # noqa: PLC0415  loads the chart library

        title = "联防识别报告" if self._lang == "zh" else "Lianfang screening report"
        now = datetime.now().astimezone()
        write_report(
            self._path,
            _pairs(chunks),
            self._screener.program.library,
            title=title,
            made_at=now,
            lang=self._lang,
            masked=not self._reveal,
            thresholds=self._screener.thresholds,
        )
        click.echo(str(self._path.resolve()))


def _pairs(chunks: Iterable[Pairs | Lines]) -> Iterator[tuple[Verdict, str]]:
    for chunk in chunks:
        if isinstance(chunk, list):
            yield from chunk
