"""What a guide gets right on labelled texts, each share with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from lianfang.screening.wilson import Interval, wilson

if TYPE_CHECKING:
    from collections.abc import Callable

    from lianfang.guides.corpus import Line
    from lianfang.model import Verdict

    Test: TypeAlias = Callable[["Judged"], bool]


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `total`, with its 95 % Wilson interval."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share from 0 to 1, None of nothing."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> Interval:
        return wilson(self.hits, self.total)


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled text, the guide whose corpus it is in, its side, and its verdict."""

    guide: str
    offends: bool
    line: Line
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Measured:
    """One guide's corpora, or all of them (`guide` is then "").

    Attributes:
        recall: suspect among the hits.
        false_alarms: suspect among the clean.
        precision: hits among the suspect; holds for the corpora's own mix of both.
        unsure: verdicts that leave it to a person (`suspect` is None).
        stance: verdicts with the labelled stance.
    """

    guide: str
    recall: Share
    false_alarms: Share
    precision: Share
    unsure: Share
    stance: Share


def measure(guides: list[str], judged: list[Judged]) -> tuple[Measured, ...]:
    """One row a guide, and after several one for all."""
    rows = [_measured(guide, [row for row in judged if row.guide == guide]) for guide in guides]
    return tuple(rows) if len(rows) == 1 else (*rows, _measured("", judged))


def _measured(guide: str, judged: list[Judged]) -> Measured:
    def share(of: Test, among: Test = lambda _: True) -> Share:
        rows = [row for row in judged if among(row)]
        return Share(sum(map(of, rows)), len(rows))

    return Measured(
        guide,
        recall=share(_suspect, lambda row: row.offends),
        false_alarms=share(_suspect, lambda row: not row.offends),
        precision=share(lambda row: row.offends, _suspect),
        unsure=share(lambda row: row.verdict.suspect is None),
        stance=share(lambda row: row.verdict.stance == row.line.stance),
    )


def _suspect(row: Judged) -> bool:
    return row.verdict.suspect is True
