"""What a check says, and the shape of a check: one small class, one rule, one severity."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.checks.material import Material

Severity = Literal["error", "warning"]


class Problem(NamedTuple):
    """Something wrong: its place as `path:line`, what it is, what to do about it."""

    where: str
    what: str
    do: str


class Finding(msgspec.Struct, frozen=True):
    """A problem with its weight. Prints as `path:line: what: do`, on one line."""

    severity: Severity
    path: str
    line: int
    what: str
    do: str

    def __str__(self) -> str:
        text = ": ".join(part for part in (self.what, self.do) if part)
        return f"{self.path}:{self.line}: {text}"

    @property
    def order(self) -> tuple[str, bool, str, int, str, str]:
        """Folder by folder; in each the guide before its corpora, then line by line."""
        folder, _, name = self.path.rpartition("/")
        return folder, name.endswith(".jsonl"), name, self.line, self.severity, self.what


class Check(ABC):
    """A rule of the guides. The docstring of each says what it asks for and why."""

    severity: ClassVar[Severity] = "error"

    @abstractmethod
    def problems(self, material: Material) -> Iterator[Problem]:
        """Everything in the library that breaks the rule."""

    def findings(self, material: Material) -> Iterator[Finding]:
        for problem in self.problems(material):
            path, _, line = problem.where.rpartition(":")
            at = (path, int(line)) if path and line.isdecimal() else (problem.where, 1)
            yield Finding(self.severity, *at, _one_line(problem.what), _one_line(problem.do))


def _one_line(text: str) -> str:
    return " ".join(text.split())
