"""The numbers of the page: counted at most once a minute for readers of the same purposes.

A count of 200,000 alerts takes a second, most of it to ask of each row whether the reader may see
it. What is kept stays in the memory of this process.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from django.core.cache import caches
from django.utils import timezone

from lianfang.web.dashboard import selectors
from lianfang.web.dashboard.period import ages
from lianfang.web.trials.precision import precisions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from lianfang.web.dashboard.period import Days
    from lianfang.web.dashboard.selectors import Counted, Seen, Timed
    from lianfang.web.trials.precision import Precision

KEPT_SECONDS = 60


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
    key = "|".join(["dashboard", *sorted(purposes), *map(str, (*days, today))])
    count = partial(_count, days, today)
    return cast("Numbers", caches["brief"].get_or_set(key, count, KEPT_SECONDS))


def _count(days: Days, today: date) -> Numbers:
    return Numbers(
        at=timezone.now(),
        seen=selectors.by_week(days),
        decided=selectors.decided(days),
        waiting=selectors.waiting([one for _, one in ages(today)]),
        activities=selectors.by_activity(days),
        platforms=selectors.by_platform(days),
        features=[one for one in precisions() if one.decided],
    )
