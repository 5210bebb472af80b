"""Labelled texts: a guide's examples, and what a judge learns from.

In a guide's folder `hits.jsonl` (texts that offend) and `clean.jsonl` (the rest); beside the guides
`corpus/*.jsonl`, one file an author, and `ordinary.jsonl`, messages about nothing. One JSON object
a line: `text`, `stance`, `activities`; `style` and `group` (shared by variations of one text) are
for the bench.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from lianfang.errors import GuideError
from lianfang.model import Stance  # noqa: TC001  msgspec reads it at run time

if TYPE_CHECKING:
    from pathlib import Path

HITS, CLEAN = "hits.jsonl", "clean.jsonl"
CORPUS, ORDINARY = "corpus", "ordinary.jsonl"


class Line(msgspec.Struct, frozen=True):
    """One labelled text: what it does, and which activities it is about."""

    text: str
    stance: Stance
    activities: tuple[str, ...]
    style: str = ""
    group: str = ""


@dataclass(frozen=True)
class Corpus:
    """One file of labelled texts.

    Attributes:
        path: the file; for a guide's examples its folder is the guide's id.
        lines: line number and value of each line that could be read.
        errors: one for each line that couldn't, or one for the file.
    """

    path: Path
    lines: list[tuple[int, Line]] = field(default_factory=list)
    errors: list[GuideError] = field(default_factory=list)

    @property
    def guide(self) -> str:
        return self.path.parent.name

    @property
    def offends(self) -> bool:
        """True for `hits.jsonl`."""
        return self.path.name == HITS

    def where(self, number: int) -> str:
        return f"{self.path}:{number}"


def read_corpus(path: Path) -> Corpus:
    """Read one file; what is wrong with it stands in `errors`, nothing is raised."""
    corpus = Corpus(path)
    try:
        rows = path.read_bytes().split(b"\n")
    except OSError as error:
        do = "write it, one JSON object a line"
        what = f"can't be read ({error.strerror})"
        corpus.errors.append(GuideError(what, where=corpus.where(1), do=do))
        return corpus
    for number, row in enumerate(rows, start=1):
        if row.strip():
            _read_line(corpus, number, row)
    return corpus


def _read_line(corpus: Corpus, number: int, row: bytes) -> None:
    try:
        corpus.lines.append((number, msgspec.json.decode(row, type=Line)))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        do = 'write {"text": "…", "stance": "offer", "activities": ["…"]}'
        corpus.errors.append(GuideError(str(error), where=corpus.where(number), do=do))
