"""The terms of a program's sets, each pattern once, and where a match of it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lianfang.errors import GuideError
from lianfang.guides.program import nameless
from lianfang.text.stream import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.library import Library
    from lianfang.guides.model import LexiconSet
    from lianfang.guides.program import Ints, Program


class Patterns:
    """Collects patterns and the sets that they lead to."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.numbers: dict[str, int] = {}
        self.leads: set[tuple[int, int]] = set()
        self.exceptions: set[tuple[int, int]] = set()
        self.plain: set[int] = set()

    def add(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name.startswith("@") and name not in self.program.sets:
                self._add_set(name)
        words = nameless(names)
        if words and words not in self.program.sets:
            number = self._number_set(words)
            for name in names:
                if not name.startswith("@"):
                    self._lead(name, number)

    def finish(self) -> None:
        for number in self.plain:
            self.program.stands_for[number] = ""
        self.program.terms = [
            self.numbers.get(normalise(term), number) if term else number
            for number, term in enumerate(self.program.stands_for)
        ]
        self.program.leads = _table(self.leads)
        self.program.exceptions = _table(self.exceptions)

    def _add_set(self, name: str) -> None:
        number = self._number_set(name)
        for entry in members(self.program.library, name[1:]):
            for term in entry.terms:
                if not term.startswith("@"):
                    self._lead(term, number)
            for spelling, term in entry.variants.items():
                self._lead(spelling, number, stands_for=term)
            for term in entry.exceptions:
                self.exceptions.add((self._pattern(term), number))

    def _number_set(self, name: str) -> int:
        return self.program.sets.setdefault(name, len(self.program.sets))

    def _lead(self, term: str, set_number: int, stands_for: str = "") -> None:
        number = self._pattern(term, stands_for)
        self.leads.add((number, set_number))
        if not stands_for:
            self.plain.add(number)

    def _pattern(self, term: str, stands_for: str = "") -> int:
        normal = normalise(term)
        if normal not in self.numbers:
            self.numbers[normal] = len(self.numbers)
            self.program.patterns.append(normal)
            self.program.stands_for.append("")
        number = self.numbers[normal]
        self.program.stands_for[number] = self.program.stands_for[number] or stands_for
        return number


def _table(rows: set[tuple[int, int]]) -> Ints:
    return np.array(sorted(rows), dtype=np.int64).reshape(-1, 2)


def members(library: Library, name: str, seen: tuple[str, ...] = ()) -> Iterator[LexiconSet]:
    """A set and those it takes in.

    Raises:
        GuideError: a set that isn't there, or that takes in itself.
    """
    if name in seen:
        do = "take the circle out"
        raise GuideError(f"@{name} takes in itself", where=" > ".join(seen), do=do)
    entry = library.sets.get(name)
    if entry is None:
        do = "define it under guides/lexicon/ or mend the name"
        raise GuideError(f"no set @{name}", where=str(library.root), do=do)
    yield entry
    for term in entry.terms:
        if term.startswith("@"):
            yield from members(library, term[1:], (*seen, name))
