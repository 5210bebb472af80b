"""The numbers of the page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from lianfang.web.core.kept import kept
from lianfang.web.dashboard import selectors
from lianfang.web.dashboard.period import ages
from lianfang.web.trials.precision import precisions_between

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from lianfang.web.dashboard.period import Days
    from lianfang.web.dashboard.selectors import Counted, Seen, Timed
    from lianfang.web.trials.precision import Precision


class Numbers(NamedTuple):
    """What was counted, and when; see `selectors`."""

    at: datetime
    seen: list[Seen]
    decided: list[Timed]
    waiting: dict[str, list[int]]
    activities: list[Counted]
    platforms: list[Counted]
    features: list[Precision]


def numbers(*, purposes: Iterable[str], days: Days, today: date) -> Numbers:
    """The numbers of some days, as this session may see them; `purposes` are those it sees."""
    name = "|".join(["dashboard", *map(str, (*days, today))])
    return kept(name, purposes, partial(_count, days, today))


def _count(days: Days, today: date) -> Numbers:
    return Numbers(
        at=timezone.now(),
        seen=selectors.by_week(days),
        decided=selectors.decided(days),
        waiting=selectors.waiting([one for _, one in ages(today)]),
        activities=selectors.by_activity(days),
        platforms=selectors.by_platform(days),
        features=[one for one in precisions_between(days.start, days.end) if one.decided],
    )
