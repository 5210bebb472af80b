"""What is told of a month beside its texts: counts, proportions and every personal value."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Self, TypeVar

import msgspec

from bench.month.model import Item
from bench.month.shares import shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from bench.month.model import Personal

T = TypeVar("T", bound=Item)

NOTE = (
    "Synthetic: written by a seeded program from templates. No text, person, company, platform or "
    "proportion in here is real or a finding about anybody."
)


class Ledger:
    """Counts items and writes down their personal values, without keeping them; a context manager.

    Args:
        file: where the personal values go, a JSON array with one object a line.
    """

    def __init__(self, file: Path) -> None:
        self._file = file.open("wb")
        self._file.write(b"[")
        self._kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._totals: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def told(self, name: str, items: Iterable[T]) -> Iterator[T]:
        """Pass the items of a file such as `posts` through, and take note of each."""
        for item in items:
            self._add(name, item)
            yield item

    def expected(self) -> dict[str, object]:
        """Counts and proportions, ready for JSON."""
        counts = {name: _sorted(counter) for name, counter in self._totals.items()}
        files = {
            name: {"count": kinds.total(), "kinds": _sorted(kinds)}
            for name, kinds in self._kinds.items()
        }
        proportions = msgspec.to_builtins(shares())
        return {"note": NOTE, "files": files, **counts, "proportions": proportions}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.write(b"\n]\n")
        self._file.close()

    def _add(self, name: str, item: Item) -> None:
        meaning, totals = item.meaning, self._totals
        self._kinds[name][meaning.kind] += 1
        totals["intentions"][meaning.intention] += 1
        if meaning.activity:
            totals["activities"][meaning.activity] += 1
        if meaning.wave is not None:
            totals["waves"][str(meaning.wave)] += 1
        for value in item.personal:
            self._write(value)

    def _write(self, value: Personal) -> None:
        written = self._totals["personal"]
        self._file.write((b",\n" if written else b"\n") + msgspec.json.encode(value))
        written[value.kind] += 1


def _sorted(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items()))
