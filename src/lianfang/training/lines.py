"""Labelled lines to learn from: `guides/corpus/*.jsonl`, ordinary messages, and outside files.

A line has `text`, `stance` and `activities`; other keys are passed over. A file is an author:
its lines never stand on both sides of a trial.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from lianfang.errors import InputError
from lianfang.guides.corpus import CORPUS, ORDINARY
from lianfang.model import Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class Line(msgspec.Struct, frozen=True):
    """What is learned from a line of a file."""

    text: str
    stance: Stance = Stance.OTHER
    activities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Labelled:
    """Texts with what they do and are about; `author` keeps those of one hand together."""

    texts: list[str]
    stances: list[Stance]
    activities: list[tuple[str, ...]]
    authors: list[str]


def read_lines(guides: Path, also: Iterable[Path] = ()) -> Labelled:
    """Everything to learn from, each text once.

    Raises:
        InputError: a file or line can't be read, or there is nothing to learn from: not two
            authors, nothing that offends, or nothing that doesn't.
    """
    files = [*sorted((guides / CORPUS).glob("*.jsonl")), *also]
    rows = {line.text: (line, author) for path in files for line, author in _lines(path)}
    ordinary = guides / ORDINARY
    for number, (line, _) in enumerate(_lines(ordinary) if ordinary.is_file() else ()):
        rows.setdefault(line.text, (line, f"ordinary-{number % 8}"))
    if not rows:
        do = f"put labelled lines under {guides / CORPUS}, or name a file with --also"
        raise InputError("nothing to learn from", where=str(guides), do=do)
    lines = [line for line, _ in rows.values()]
    if len({author for _, author in rows.values()}) < 2:  # noqa: PLR2004  one to hold out
        do = "put each author's lines in a file of their own"
        raise InputError("all lines are one author's", where=str(guides), do=do)
    if len({line.stance.offends for line in lines}) == 1:
        do = "label lines that offend (offer, instruct, act) and lines that don't"
        raise InputError("only one side to learn from", where=str(guides), do=do)
    return Labelled(
        [line.text for line in lines],
        [line.stance for line in lines],
        [line.activities for line in lines],
        [author for _, author in rows.values()],
    )


def _lines(path: Path) -> Iterator[tuple[Line, str]]:
    try:
        rows = path.read_bytes().split(b"\n")
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror})", where=str(path)) from error
    for number, row in enumerate(rows, start=1):
        if row.strip():
            try:
                yield msgspec.json.decode(row, type=Line), path.stem
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                do = 'write {"text": "…", "stance": "offer", "activities": ["…"]}'
                raise InputError(str(error), where=f"{path}:{number}", do=do) from error
