"""Rows in, verdicts out, in order: in this process or in several.

Memory stays flat: at most a few chunks are under way at once, however long the input is.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Self, TypeAlias

import msgspec

from lianfang.lines import line
from lianfang.model import Verdict
from lianfang.screening import Screener
from lianfang.text.writable import writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from lianfang.files import Row

CHUNK_ROWS = 4096
CHUNK_CHARACTERS = 1 << 19
CHUNKS_AHEAD = 2
"""Chunks that wait for each worker: enough to keep it busy."""

Pairs: TypeAlias = list[tuple[Verdict, str]]
Lines: TypeAlias = bytes


class Pipeline:
    """Screens chunks of rows.

    Args:
        guides: folder of the guides, None for the shipped ones.
        model: weights to judge with instead of the default judge.
        workers: processes; with 1, everything happens in this one.
        encode: yield chunks of JSON lines instead of verdicts with their texts.
        reveal: mask nothing in JSON lines.

    Raises:
        GuideError: the guides can't be read.
    """

    def __init__(
        self,
        guides: Path | None,
        model: Path | None,
        workers: int,
        *,
        encode: bool,
        reveal: bool = False,
    ) -> None:
        self.screener = Screener(guides, model=model)
        self._made_of, self._workers = (guides, model), workers
        self._encode, self._reveal = encode, reveal
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        if self._workers > 1:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=spawn, initializer=_start, initargs=self._made_of
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def run(self, rows: Iterable[Row]) -> Iterator[Pairs | Lines]:
        """Yield the verdicts of each chunk, in the order of the rows."""
        if self._pool is None:
            for chunk in chunks(rows):
                yield screen_chunk(self.screener, chunk, encode=self._encode, reveal=self._reveal)
            return
        yield from self._run_pool(self._pool, rows)

    def _run_pool(self, pool: ProcessPoolExecutor, rows: Iterable[Row]) -> Iterator[Pairs | Lines]:
        waiting: deque[Future[Pairs | Lines]] = deque()
        for chunk in chunks(rows):
            waiting.append(pool.submit(_work, chunk, self._encode, self._reveal))
            if len(waiting) >= self._workers * CHUNKS_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def chunks(rows: Iterable[Row]) -> Iterator[list[tuple[str | int, str]]]:
    """Cut rows into chunks bounded in rows and characters; a long text stands alone."""
    chunk: list[tuple[str | int, str]] = []
    characters = 0
    for row in rows:
        if chunk and (len(chunk) == CHUNK_ROWS or characters + len(row.text) > CHUNK_CHARACTERS):
            yield chunk
            chunk, characters = [], 0
        chunk.append((_readable(row.id), row.text))
        characters += len(row.text)
    if chunk:
        yield chunk


def _readable(name: str | int) -> str | int:
    """An id that can be written as UTF-8."""
    return writable(name) if isinstance(name, str) else name


def screen_chunk(
    screener: Screener, chunk: list[tuple[str | int, str]], *, encode: bool, reveal: bool
) -> Pairs | Lines:
    """Verdicts of one chunk, as JSON lines or with their texts."""
    verdicts = screener.screen_rows(chunk)
    pairs = [(verdict, text) for verdict, (_, text) in zip(verdicts, chunk, strict=True)]
    if encode:
        lines = [line(verdict, text, reveal=reveal) for verdict, text in pairs]
        return msgspec.json.Encoder().encode_lines(lines)
    return pairs


_screener: Screener | None = None
"""The screener of this worker process, made once when it starts."""


def _start(guides: Path | None, model: Path | None) -> None:
    global _screener  # noqa: PLW0603  a worker process has no other place to keep it
    _screener = Screener(guides, model=model)


def _work(
    chunk: list[tuple[str | int, str]],
    encode: bool,  # noqa: FBT001
    reveal: bool,  # noqa: FBT001
) -> Pairs | Lines:
    if _screener is None:
        raise RuntimeError("worker was not started")
    return screen_chunk(_screener, chunk, encode=encode, reveal=reveal)
