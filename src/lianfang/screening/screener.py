"""The screener: text in, verdicts out.

from lianfang import Screener
for verdict in Screener().screen(["专业征❤修复,不成功不收费,加薇 abc12345"]):
    print(verdict.suspect, verdict.stance)
"""

from __future__ import annotations

from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from lianfang.guides.compile import compile_library
from lianfang.guides.library import Library, shipped
from lianfang.screening.firing import Firing
from lianfang.screening.judge import StrengthJudge
from lianfang.screening.layout import Layout
from lianfang.screening.learned import LearnedJudge
from lianfang.screening.turns import turns_of, with_turns
from lianfang.screening.verdicts import Writer, rounded, stances_of
from lianfang.screening.weights import load
from lianfang.text.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lianfang.guides.program import Program
    from lianfang.model import Stance, Verdict
    from lianfang.screening.judge import Judge, Judgement

BATCH_TEXTS = 8192
BATCH_CHARACTERS = 1 << 20
PART, PART_OF_SHORT, SHORT = 4, 16, 1000
"""Texts that are taken from the source at a time; more, where those before were that short."""

Row = tuple[str | int, str]
"""Id and text."""


class Near(NamedTuple):
    """The texts of a batch that were looked at closely, by their places in it."""

    places: list[int]
    firing: Firing
    judgement: Judgement


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
            ids, texts = [row[0] for row in batch], [row[1] for row in batch]
            far, near = self._judged(texts)
            verdicts = self._writer.plain(ids, far)
            if near:
                written = self._writer.write([ids[place] for place in near.places], *near[1:])
                for place, verdict in zip(near.places, written, strict=True):
                    verdicts[place] = verdict
                self._hear(verdicts, near.places, texts)
            yield from verdicts

    def _hear(self, verdicts: list[Verdict], places: Iterable[int], texts: Sequence[str]) -> None:
        """Judge each turn by itself, of the conversations that are about something."""
        said = {
            place: turns
            for place in places
            if verdicts[place].suspect is not False or verdicts[place].activities
            if (turns := turns_of(texts[place]))
        }
        pieces = ((at, texts[at][one.start : one.end]) for at in said for one in said[at])
        heard = chain.from_iterable(self._heard(batch) for batch in _batches(pieces))
        for place, turns in said.items():
            verdicts[place] = with_turns(verdicts[place], texts[place], turns, heard)

    def _heard(self, batch: Sequence[Row]) -> list[tuple[Stance, float]]:
        """What each text does, and how surely it offends."""
        far, near = self._judged([text for _, text in batch])
        stances, scores = far.stance.copy(), far.score.copy()
        if near:
            stances[near.places] = near.judgement.stance
            scores[near.places] = near.judgement.score
        return list(zip(stances_of(stances), rounded(scores).tolist(), strict=True))

    def _judged(self, texts: Sequence[str]) -> tuple[Judgement, Near | None]:
        """What a glance says of all texts; what more is known of those that it found near."""
        glance = self._judge.glance(Stream.of(texts))
        places = np.flatnonzero(glance.near).tolist()
        if not places:
            return glance.far, None
        stream = self._layout.read([texts[place] for place in places])
        firing = Firing(self._layout, stream, partial(self._judge.concerned, stream=stream))
        judgement = self._judge.judge(firing.evidence(), stream)
        return glance.far, Near(places, firing, judgement)


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
    characters, taken = 0, PART
    while part := list(islice(source, taken)):
        length = sum([len(text) for _, text in part])
        taken = PART_OF_SHORT if length <= SHORT * len(part) else PART
        full = len(batch) + len(part) > BATCH_TEXTS or characters + length > BATCH_CHARACTERS
        if batch and full:
            yield batch
            batch, characters = [], 0
        batch += part
        characters += length
    if batch:
        yield batch
