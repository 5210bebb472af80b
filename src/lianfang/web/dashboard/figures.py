"""The charts of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from lianfang.web.alerts.models import Queue, State
from lianfang.web.core.words import language, say
from lianfang.web.dashboard import charts
from lianfang.web.dashboard.figure import Bar, Cell, Figure, behind, counting, timing
from lianfang.web.dashboard.naming import activity_name, feature_name, platform_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lianfang.web.dashboard.period import Days, Period
    from lianfang.web.dashboard.selectors import Counted, Seen, Timed
    from lianfang.web.trials.precision import Precision

MOST_BARS = 10
MOST_FEATURES = 12


def by_week(seen: Iterable[Seen], period: Period) -> Figure:
    """Alerts of each week."""
    numbers = {(one.week, one.queue): one.number for one in seen}
    bars = [
        Bar(f"{days.first:%m-%d}", queue, numbers.get((week, queue), 0), behind(queue, days))
        for week, days in period.weeks
        for queue in Queue.values
    ]
    return counting("by_week", "week", charts.columns(language()), bars)


def by_activity(counted: Sequence[Counted], days: Days) -> Figure:
    """Alerts of each activity."""
    bars = _most(counted, days, "activity", activity_name)
    return counting("by_activity", "activity", charts.bars(language()), bars)


def by_platform(counted: Sequence[Counted], seen: Sequence[Seen], days: Days) -> Figure:
    """Alerts of the platforms with most of them, and of all others together."""
    bars = _most(counted, days, "platform", platform_name)
    for queue in Queue.values:
        rest = sum(one.number for one in seen if one.queue == queue)
        rest -= sum(bar.number for bar in bars if bar.queue == queue)
        bars += [Bar(say("other_platforms"), queue, rest)] if rest else []
    return counting("by_platform", "platform", charts.bars(language()), bars)


def waiting(numbers: Mapping[str, Sequence[int]], ages: Sequence[tuple[str, Days]]) -> Figure:
    """Open alerts by how long they have waited; `numbers` by queue, in the order of the ages."""
    bars = [
        Bar(say(name), queue, numbers[queue][i], behind(queue, days, state=State.OPEN))
        for i, (name, days) in enumerate(ages)
        for queue in Queue.values
        if queue in numbers
    ]
    return counting("waiting", "age", charts.bars(language()), bars)


def seen_after(seen: Sequence[Seen], period: Period) -> Figure:
    """How long after publication alerts came up."""
    unknown = {
        "untold": sum(one.untold for one in seen),
        "unread": sum(one.unread for one in seen),
        "late": sum(one.late for one in seen),
    }
    notes = [say(f"times_{why}", n=number) for why, number in unknown.items() if number]
    return timing("seen_after", [one.after for one in seen], period, notes)


def decided_after(decided: Sequence[Timed], period: Period) -> Figure:
    """How long after they came up alerts were decided."""
    return timing("decided_after", decided, period, [])


def right(features: Sequence[Precision]) -> Figure:
    """How often those features were right that were decided most."""
    rows, table = [], []
    for one in features[:MOST_FEATURES]:
        what, link = feature_name(one), reverse("feature", args=one.id.split("/"))
        low, high = one.interval
        said = f"{one.share:.0%} ({low:.0%}–{high:.0%})"
        numbers = {"low": low, "median": one.share, "high": high}
        rows.append({"what": what, "said": said, "link": link, **numbers})
        counts = Cell(str(one.confirmed)), Cell(str(one.rejected))
        table.append([Cell(what, link), Cell(said), *counts])
    heads = [say(key) for key in ("feature", "share_right", "state_confirmed", "state_rejected")]
    return Figure("right", charts.with_rows(charts.shares(), rows), heads, table)


def _most(
    counted: Sequence[Counted], days: Days, what: str, named: Callable[[str], str]
) -> list[Bar]:
    """Bars of those with most alerts, queue beside queue; what has no name has no list."""
    sums: dict[str, int] = {}
    for one in counted:
        sums[one.what] = sums.get(one.what, 0) + one.number
    order = sorted(sums, key=lambda one: (-sums[one], one))[:MOST_BARS]
    return [
        Bar(named(name), one.queue, one.number, _list(one, days, what))
        for name in order
        for one in counted
        if one.what == name
    ]


def _list(one: Counted, days: Days, what: str) -> str:
    return behind(one.queue, days, **{what: one.what}) if one.what else ""
