"""The texts that are measured on: held-out, ordinary, and the guides' own (development)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import msgspec

from lianfang.model import Stance

SHIPPED = Path(__file__).parent / "data"


class Item(msgspec.Struct, frozen=True):
    """A labelled text; texts of one `group` are versions of one another."""

    text: str
    stance: Stance = Stance.OTHER
    activities: tuple[str, ...] = ()
    group: str = ""
    style: str = ""

    @property
    def offends(self) -> bool:
        """Whether the text solicits, teaches or does it."""
        return self.stance.offends


class Pair(msgspec.Struct, frozen=True):
    """Two texts that differ in little but what they do."""

    group: str
    offending: str
    innocent: str
    activities: tuple[str, ...]
    offending_stance: Stance
    innocent_stance: Stance

    def sides(self) -> tuple[Item, Item]:
        """The offending side and the innocent one."""
        return (
            Item(self.offending, self.offending_stance, self.activities, self.group),
            Item(self.innocent, self.innocent_stance, self.activities, self.group),
        )


@dataclass(frozen=True)
class Corpus:
    """Everything that is measured on; `taught` is what a learned judge saw, and only keeps
    its near-duplicates out.
    """

    heldout: list[Item]
    pairs: list[Pair]
    cautions: list[str]
    ordinary: list[Item]
    development: list[Item]
    taught: list[Item] = field(default_factory=list)


def read_corpus(data: Path, guides: Path) -> Corpus:
    """Read a folder of data, and the corpora that lie beside the guides."""
    cautions = (data / "cautions.txt").read_text(encoding="utf-8").splitlines()
    return Corpus(
        read_lines(data / "heldout.jsonl", Item),
        read_lines(data / "pairs.jsonl", Pair),
        [line for line in cautions if line.strip()],
        read_lines(data / "ordinary.jsonl", Item),
        read_development(guides),
        read_taught(guides),
    )


def read_development(guides: Path) -> list[Item]:
    """The guides' own hits and clean texts, and the ordinary messages beside them."""
    own = (*guides.glob("*/hits.jsonl"), *guides.glob("*/clean.jsonl"))
    paths = (*own, *guides.glob("ordinary.jsonl"))
    return [item for path in sorted(paths) for item in read_lines(path, Item)]


def read_taught(guides: Path) -> list[Item]:
    """Lines that the shipped weights were learned from; groups are each author's own."""
    return [
        msgspec.structs.replace(item, group="")
        for path in sorted((guides / "corpus").glob("*.jsonl"))
        for item in read_lines(path, Item)
    ]


Record = TypeVar("Record", Item, Pair)


def read_lines(path: Path, kind: type[Record]) -> list[Record]:
    """One record a line.

    Raises:
        msgspec.ValidationError: a line isn't such a record; the note names path and line.
    """
    return [
        _record(line, kind, f"{path}:{number}")
        for number, line in enumerate(path.read_bytes().splitlines(), 1)
        if line.strip()
    ]


def _record(line: bytes, kind: type[Record], where: str) -> Record:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.ValidationError as error:
        error.add_note(where)
        raise
