"""What a method gets right, per activity and per stance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.quality.rates import PREVALENCES, Precision, Rate, precision_at
from lianfang.model import OFFENDING, Stance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.quality.answers import Case

ALL = "all"


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity, or `ALL`. An alarm counts for an activity where the answer names it.

    Attributes:
        recall: offending lines that were called suspect, under the right name.
        any_name: the same, whatever the name.
        precision: of the alarms on held-out lines, those that were right.
        null: held-out lines of the activity, offending or not, that were left to a person.
        hard: alarms on innocent held-out lines about the activity.
        ordinary: alarms on ordinary messages.
        ordinary_null: ordinary messages that were left to a person, whatever the name.
        at: precision at each of `PREVALENCES`.
    """

    activity: str
    recall: Rate
    any_name: Rate
    precision: Rate
    null: Rate
    hard: Rate
    ordinary: Rate
    ordinary_null: Rate
    at: tuple[Precision, ...]


@dataclass(frozen=True, slots=True)
class StanceRow:
    """The lines of one stance: how many were called suspect, left open, understood.

    Attributes:
        suspect: recall where the stance offends, false alarms where it doesn't.
        right: lines whose stance was told rightly; None where the method tells none.
        precision: of the lines that were told this stance, those that have it.
        ordinary: ordinary messages called suspect with this stance.
    """

    stance: Stance
    suspect: Rate
    null: Rate
    right: Rate | None
    precision: Rate | None
    ordinary: Rate | None


def activity_rows(held: Sequence[Case], ordinary: Sequence[Case]) -> list[ActivityRow]:
    """`ALL` first, then each activity that the lines name."""
    names = sorted({name for case in held for name in case.item.activities})
    return [activity_row(name, held, ordinary) for name in (ALL, *names)]


def activity_row(name: str, held: Sequence[Case], ordinary: Sequence[Case]) -> ActivityRow:
    """The row of one activity."""
    mine = [case for case in held if _about(case, name)]
    offending = [case for case in mine if case.item.offends]
    recall = Rate.of(_alarm(case, name) for case in offending)
    alarms = Rate.of(_alarm(case, name) for case in ordinary)
    return ActivityRow(
        name,
        recall,
        Rate.of(case.answer.suspect is True for case in offending),
        Rate.of(case.item.offends and _about(case, name) for case in held if _alarm(case, name)),
        _null(mine),
        Rate.of(_alarm(case, name) for case in mine if not case.item.offends),
        alarms,
        _null(ordinary),
        tuple(precision_at(recall, alarms, prevalence) for prevalence in PREVALENCES),
    )


def stance_rows(held: Sequence[Case], ordinary: Sequence[Case]) -> list[StanceRow]:
    """One row a stance, in the model's order."""
    return [stance_row(stance, held, ordinary) for stance in Stance]


def stance_row(stance: Stance, held: Sequence[Case], ordinary: Sequence[Case]) -> StanceRow:
    """The row of one stance."""
    mine = [case for case in held if case.item.stance is stance]
    suspect = Rate.of(case.answer.suspect is True for case in mine)
    if not _tells_stance(held):
        return StanceRow(stance, suspect, _null(mine), None, None, None)
    return StanceRow(
        stance,
        suspect,
        _null(mine),
        Rate.of(case.answer.stance is stance for case in mine),
        Rate.of(case.item.stance is stance for case in held if case.answer.stance is stance),
        Rate.of(case.answer.suspect is True and case.answer.stance is stance for case in ordinary)
        if stance in OFFENDING
        else None,
    )


def stance_accuracy(held: Sequence[Case]) -> Rate | None:
    """Share of lines whose stance was told rightly, None where the method tells none."""
    if not _tells_stance(held):
        return None
    return Rate.of(case.answer.stance is case.item.stance for case in held)


def confusion(held: Sequence[Case]) -> Counter[tuple[Stance, Stance]]:
    """How often each stance (first) was taken for each (second)."""
    return Counter((case.item.stance, case.answer.stance) for case in held if case.answer.stance)


def _tells_stance(held: Sequence[Case]) -> bool:
    return any(case.answer.stance for case in held)


def _about(case: Case, name: str) -> bool:
    return name == ALL or name in case.item.activities


def _alarm(case: Case, name: str) -> bool:
    return case.answer.suspect is True and (name == ALL or name in case.answer.activities)


def _null(some: Sequence[Case]) -> Rate:
    return Rate.of(case.answer.suspect is None for case in some)
