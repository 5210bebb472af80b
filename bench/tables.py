"""Tables in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the first column is text, the rest are numbers and stand to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def section(title: str, *parts: str) -> str:
    """A heading and what stands under it, parted by blank lines."""
    return "\n".join([f"## {title}\n", *(f"{part.rstrip()}\n" for part in parts if part)])
