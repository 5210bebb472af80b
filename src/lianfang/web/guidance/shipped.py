"""The guides that came with this version, and the place of each feature in their files."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from lianfang.errors import NotFoundError
from lianfang.guides.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from lianfang.guides.model import Feature

SHARED = "shared"
_NOT_SAID = re.compile(r"\s*(#.*)?")


class Fragment(NamedTuple):
    """A feature as it is written: its lines of a file, `[first, end)` counted from 0.

    `text` is without the dash and the indentation of the list that it stands in.
    """

    path: Path
    first: int
    end: int
    text: str
    indent: int

    @property
    def name(self) -> str:
        """Of the file, within the folder of the guides."""
        return str(self.path.relative_to(library().root))


class Known(NamedTuple):
    """A feature of the shipped guides; `guide` is None where several share it."""

    id: str
    guide: str | None
    feature: Feature
    fragment: Fragment

    @property
    def folder(self) -> str:
        """Its guide, or `shared`."""
        return self.guide or SHARED

    @property
    def may_offend(self) -> bool:
        """Whether a text may be suspect because of it: not where it speaks for a calm stance."""
        return self.feature.stance is None or self.feature.stance.offends


@cache
def library() -> Library:
    """The shipped guides, read once a process."""
    return Library()


@cache
def features() -> dict[str, Known]:
    """Every feature, by the id that verdicts give it."""
    found = {}
    for guide, feature, document, place in library().features():
        name = f"{guide or SHARED}/{feature.id}"
        starts = [line - 1 for key, line in document.lines.items() if _begins(key)]
        fragment = _fragment(document.path, document.lines[place] - 1, starts)
        found[name] = Known(name, guide, feature, fragment)
    return found


def feature(name: str) -> Known:
    """One feature.

    Raises:
        NotFoundError: no feature of that id.
    """
    if name not in features():
        raise NotFoundError("no such feature", where=name[:120], do="choose one of a guide's page")
    return features()[name]


def _begins(place: tuple[str | int, ...]) -> bool:
    """Whether a feature or a key of the file begins there."""
    return len(place) == 1 or (len(place) == 2 and place[0] == "features")  # noqa: PLR2004


def _fragment(path: Path, first: int, starts: list[int]) -> Fragment:
    lines = _lines(path)
    end = min((start for start in starts if start > first), default=len(lines))
    while _NOT_SAID.fullmatch(lines[end - 1]):
        end -= 1
    indent = lines[first].index("- ") + 2
    text = "\n".join(line[indent:] for line in lines[first:end])
    return Fragment(path, first, end, f"{text}\n", indent)


@cache
def _lines(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))


def text_with(path: Path, changes: dict[Fragment, str]) -> str:
    """A file in which each of some fragments reads otherwise; "" takes it out."""
    lines = list(_lines(path))
    for old in sorted(changes, key=lambda one: -one.first):
        lines[old.first : old.end] = _indented(changes[old], old.indent)
    held = [one.fragment for one in features().values() if one.fragment.path == path]
    if not any(changes.get(one, one.text) for one in held):
        lines[lines.index("features:")] = "features: []"
    return "\n".join(lines) + "\n"


def _indented(text: str, indent: int) -> list[str]:
    lines = (
        [f"{' ' * indent}{line}" if line else "" for line in text.strip("\n").split("\n")]
        if text
        else []
    )
    if lines:
        lines[0] = f"{' ' * (indent - 2)}- {lines[0][indent:]}"
    return lines
