"""The report's tables about disguises."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bench.quality.cells import points, rate_text
from bench.quality.disguise import HOW
from bench.tables import table

if TYPE_CHECKING:
    from bench.quality.evasion import Evasion, Evasions
    from bench.quality.result import Result

Pick = Callable[["Evasions"], "Evasion"]


def evasion_tables(result: Result) -> tuple[str, str, str]:
    """Texts that offend, innocent ones, ordinary messages: each way by each method."""
    return (
        _table(result, "offending texts with a word", lambda found: found.offending),
        _table(result, "innocent texts with a word", lambda found: found.innocent),
        _table(result, "ordinary messages with a word", lambda found: found.ordinary),
    )


def _table(result: Result, texts: str, pick: Pick) -> str:
    return table(
        ("way", "method", texts, "suspect before", "after", "change, points"),
        (
            (how, name, *_cells(pick(method.disguises[how])))
            for how in HOW
            for name, method in result.methods.items()
        ),
    )


def _cells(evasion: Evasion) -> tuple[str, ...]:
    before, after = evasion.suspect.rates
    return (
        f"{evasion.suspect.texts}/{evasion.texts}",
        rate_text(before),
        rate_text(after),
        points(evasion.suspect),
    )
