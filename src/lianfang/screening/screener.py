"""The screener: text in, verdicts out.

from lianfang import Screener
for verdict in Screener().screen(["专业征❤修复,不成功不收费,加薇 abc12345"]):
    print(verdict.suspect, verdict.stance)
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from lianfang.guides.compile import compile_library
from lianfang.guides.library import Library, shipped
from lianfang.model import Span, Turn
from lianfang.screening.firing import Firing
from lianfang.screening.judge import StrengthJudge
from lianfang.screening.layout import Layout
from lianfang.screening.learned import LearnedJudge
from lianfang.screening.turns import turns_of
from lianfang.screening.verdicts import Writer, writable
from lianfang.screening.weights import load
from lianfang.text.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lianfang.guides.program import Program
    from lianfang.model import Verdict
    from lianfang.screening.judge import Judge

BATCH_TEXTS = 4096
BATCH_CHARACTERS = 1 << 19
PART = 4
"""Texts that are taken from the source at a time."""

Row = tuple[str | int, str]
"""Id and text."""


class Screener:
    """Screens texts with a library of guides.

    Args:
        guides: folder of the guides; the shipped ones by default.
        judge: what weighs the features; by default `StrengthJudge`, with the shipped guides
            `LearnedJudge` with the shipped weights.
        model: weights of a trained judge to take instead, such as `weights.SHIPPED`.

    Raises:
        GuideError: the guides can't be read or compiled.
        InputError: the model can't be read.
    """

    def __init__(
        self,
        guides: Path | None = None,
        *,
        judge: Judge | None = None,
        model: Path | None = None,
    ) -> None:
        self.program: Program = compile_library(Library(guides))
        self._layout = Layout(self.program)
        self._judge: Judge = judge or _judge(self.program, model)
        self._writer = Writer(self.program, self._judge)

    @property
    def thresholds(self) -> tuple[float, float]:
        """A score below the first is clear, from the second on suspect."""
        return self._judge.thresholds

    def screen(self, texts: Iterable[str]) -> Iterator[Verdict]:
        """Yield one verdict a text, in order; its id is the text's number, from 0."""
        yield from self.screen_rows(enumerate(texts))

    def screen_rows(self, rows: Iterable[Row]) -> Iterator[Verdict]:
        """As `screen`, for pairs of id and text."""
        for batch in _batches(rows):
            texts = [row[1] for row in batch]
            for verdict, text in zip(
                self._screen([row[0] for row in batch], texts), texts, strict=True
            ):
                spoken = verdict.suspect is not False or verdict.activities
                yield self._by_turns(verdict, text) if spoken else verdict

    def _by_turns(self, verdict: Verdict, text: str) -> Verdict:
        """The verdict of a conversation with each turn judged by itself."""
        said = turns_of(text)
        if not said:
            return verdict
        alone = self._screen(range(len(said)), [text[one.start : one.end] for one in said])
        turns = tuple(
            Turn(writable(one.speaker), one.start, one.end, each.stance, each.score)
            for one, each in zip(said, alone, strict=True)
        )
        if verdict.suspect is False:
            return replace(verdict, turns=turns)
        worst = max(turns, key=_offence)
        decided = Span(worst.start, worst.end, writable(text[worst.start : worst.end]))
        return replace(verdict, turns=turns, decided_by=decided)

    def _screen(self, ids: Sequence[str | int], texts: Sequence[str]) -> list[Verdict]:
        glance = self._judge.glance(Stream.of(texts))
        verdicts = self._writer.plain(ids, glance.far)
        near = np.flatnonzero(glance.near)
        if not near.size:
            return verdicts
        places = near.tolist()
        stream = self._layout.read([texts[place] for place in places])
        firing = Firing(self._layout, stream, partial(self._judge.concerned, stream=stream))
        judgement = self._judge.judge(firing.evidence(), stream)
        written = self._writer.write([ids[place] for place in places], firing, judgement)
        for place, verdict in zip(places, written, strict=True):
            verdicts[place] = verdict
        return verdicts


def _offence(turn: Turn) -> float:
    return turn.score


def _judge(program: Program, model: Path | None) -> Judge:
    """The trained judge that is asked for; or, with the shipped guides, the shipped one."""
    if model:
        return LearnedJudge(program, load(model))
    if program.library.root.resolve() == shipped().resolve():
        return LearnedJudge(program, load())
    return StrengthJudge(program)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Batches of at most so many texts and, but for long texts, so many characters."""
    source = iter(rows)
    batch: list[Row] = []
    characters = 0
    while part := list(islice(source, PART)):
        length = sum([len(text) for _, text in part])
        if batch and (len(batch) == BATCH_TEXTS or characters + length > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch += part
        characters += length
    if batch:
        yield batch
