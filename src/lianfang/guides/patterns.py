"""The terms of a program's sets, each pattern once, and where a match of it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lianfang.errors import GuideError
from lianfang.guides.program import nameless
from lianfang.text.stream import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.guides.library import Library
    from lianfang.guides.model import LexiconSet
    from lianfang.guides.program import Ints, Program


class Patterns:
    """Collects terms and the sets that they lead to; `finish` makes patterns of them."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._leads: list[tuple[str, int, str]] = []
        self._exceptions: list[tuple[str, int]] = []

    def add(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name.startswith("@") and name not in self.program.sets:
                self._add_set(name)
        words = nameless(names)
        if words and words not in self.program.sets:
            number = self._number_set(words)
            self._leads += [(name, number, "") for name in names if not name.startswith("@")]

    def _add_set(self, name: str) -> None:
        number = self._number_set(name)
        for entry in members(self.program.library, name[1:]):
            self._leads += [(term, number, "") for term in entry.terms if term[0] != "@"]
            self._leads += [(spelling, number, term) for spelling, term in entry.variants.items()]
            self._exceptions += [(term, number) for term in entry.exceptions]

    def _number_set(self, name: str) -> int:
        return self.program.sets.setdefault(name, len(self.program.sets))

    def finish(self) -> None:
        """Normalise everything at once, and number the patterns in the order they came.

        A spelling that is also a plain term stands for nothing but itself.
        """
        leads, exceptions = self._leads, self._exceptions
        told = [term for _, _, term in leads if term]
        words = [*(term for term, _, _ in leads), *told, *(term for term, _ in exceptions)]
        normal = dict(zip(words, normalised(words), strict=True))
        spelt = [normal[term] for term in (*(t for t, _, _ in leads), *(t for t, _ in exceptions))]
        numbers = {pattern: i for i, pattern in enumerate(dict.fromkeys(filter(None, spelt)))}
        plain = {normal[term] for term, _, meant in leads if not meant}
        stands_for = {normal[term]: meant for term, _, meant in reversed(leads) if meant}
        program = self.program
        program.patterns = list(numbers)
        program.stands_for = [
            "" if pattern in plain else stands_for.get(pattern, "") for pattern in numbers
        ]
        program.terms = [
            numbers.get(normal[meant], number) if meant else number
            for number, meant in enumerate(program.stands_for)
        ]
        program.leads = _table({(numbers[p], n) for t, n, _ in leads if (p := normal[t])})
        program.exceptions = _table({(numbers[p], n) for t, n in exceptions if (p := normal[t])})


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
