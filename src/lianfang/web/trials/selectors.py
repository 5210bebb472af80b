"""What a run found, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count
from django.db.models.functions import TruncWeek

from lianfang.screening.wilson import wilson
from lianfang.web.alerts.models import Alert, Queue, State
from lianfang.web.trials.models import Change, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from lianfang.screening.wilson import Interval
    from lianfang.web.trials.models import Run

DECIDED = (State.CONFIRMED.value, State.REJECTED.value)


class Lost(NamedTuple):
    """Decided alerts of the run's texts that would no longer be raised.

    Attributes:
        state: as they were decided.
        lost: of `decided`.
    """

    state: str
    lost: int
    decided: int

    @property
    def interval(self) -> Interval:
        """Of the share, 95 % (Wilson)."""
        return wilson(self.lost, self.decided)


class Table(NamedTuple):
    """Changes of each kind, by something: its name, and a count for each of `Kind`."""

    rows: list[tuple[str, list[int]]]


def kinds(run: Run) -> dict[str, int]:
    """How many texts change in which way."""
    rows = run.changes.values_list("kind").annotate(n=Count("pk")).order_by()
    counts = dict(rows)
    return {kind: counts.get(kind, 0) for kind in Kind.values}


def lost(run: Run) -> list[Lost]:
    """What people's decisions say of the change."""
    if run.first_item is None:
        return [Lost(state, 0, 0) for state in DECIDED]
    mine = Alert.objects.filter(queue=Queue.ACT, state__in=DECIDED, purpose=run.purpose)
    texts = mine.filter(item__gte=run.next_item, item__lte=run.last_item)
    decided = _by_state(texts)
    changes = Change.objects.filter(run=run, lost=True).values("item")
    gone = _by_state(mine.filter(item__in=changes))
    return [Lost(state, gone.get(state, 0), decided.get(state, 0)) for state in DECIDED]


def _by_state(found: QuerySet[Alert]) -> dict[str, int]:
    return dict(found.values_list("state").annotate(n=Count("pk")).order_by())


def by_source(run: Run) -> Table:
    """Changes by source, the most changed first."""
    rows = run.changes.values_list("item__source__name", "kind").annotate(n=Count("pk"))
    made = _table(rows.order_by())
    return Table(sorted(made.rows, key=lambda row: (-sum(row[1]), row[0])))


def by_week(run: Run) -> Table:
    """Changes by the week in which the texts came in, the latest first."""
    weeks = run.changes.annotate(week=TruncWeek("item__made_at"))
    rows = weeks.values_list("week", "kind").annotate(n=Count("pk")).order_by()
    made = _table((_day(week), kind, number) for week, kind, number in rows)
    return Table(sorted(made.rows, reverse=True))


def _day(week: datetime) -> str:
    return week.date().isoformat()


def _table(rows: Iterable[tuple[str, str, int]]) -> Table:
    found: dict[str, dict[str, int]] = {}
    for name, kind, number in rows:
        found.setdefault(name, {})[kind] = number
    return Table([(name, [of.get(kind, 0) for kind in Kind.values]) for name, of in found.items()])
