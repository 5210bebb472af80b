"""Each count against the same counted by hand."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from statistics import quantiles

import pytest
from django.utils.timezone import localdate

from lianfang.web.dashboard.moments import BEIJING
from lianfang.web.dashboard.period import Days, ages, monday

pytestmark = pytest.mark.usefixtures("many", "sees_all")


@pytest.fixture
def days():
    today = localdate(timezone=BEIJING)
    return Days(today - timedelta(days=37), today - timedelta(days=1))


def of(rows, days):
    return [row for row in rows if days.start <= row.made_at < days.end]


def week(row):
    return monday(localdate(row.made_at, timezone=BEIJING))


def hours(deltas):
    return [delta.total_seconds() / 3600 for delta in deltas]


@pytest.fixture
def sightings(days):
    from lianfang.web.dashboard.models import Sighting

    return of(Sighting.objects.all(), days)


@pytest.mark.parametrize("what", ["activity", "platform"])
def test_names_are_counted_by_queue(days, sightings, what):
    from lianfang.web.dashboard import selectors

    counted = getattr(selectors, f"by_{what}")(days)
    by_hand = Counter((getattr(row, what), row.queue) for row in sightings)
    assert {(one.what, one.queue): one.number for one in counted} == by_hand
    assert [one.number for one in counted] == sorted(by_hand.values(), reverse=True)


def test_weeks_with_their_times_and_those_that_have_none(days, sightings):
    from lianfang.web.dashboard import selectors

    seen = selectors.by_week(days)
    assert {(one.week, one.queue) for one in seen} == {(week(row), row.queue) for row in sightings}
    for one in seen:
        rows = [row for row in sightings if (week(row), row.queue) == (one.week, one.queue)]
        known = [row for row in rows if row.published_at and row.published_at <= row.made_at]
        assert one.number == len(rows)
        assert one.untold == sum(not row.told for row in rows)
        assert one.unread == sum(row.told and not row.published_at for row in rows)
        assert one.after.number == len(known)
        assert one.number == one.untold + one.unread + one.late + one.after.number
        took = hours(row.made_at - row.published_at for row in known)
        assert one.after.hours == pytest.approx(quantiles(took, method="inclusive"))


def test_times_to_decisions(days):
    from lianfang.web.alerts.models import Alert
    from lianfang.web.dashboard import selectors

    alerts = [row for row in of(Alert.objects.exclude(state="open"), days) if row.decided_at]
    for one in (told := selectors.decided(days)):
        rows = [row for row in alerts if (week(row), row.queue) == (one.week, one.queue)]
        assert one.number == len(rows)
        took = hours(row.decided_at - row.made_at for row in rows)
        assert one.hours == pytest.approx(quantiles(took, method="inclusive"))
    assert sum(one.number for one in told) == len(alerts) > 50


def test_what_waits_by_age():
    from lianfang.web.alerts.models import Alert
    from lianfang.web.dashboard import selectors

    since = [one for _, one in ages(localdate(timezone=BEIJING))]
    for queue, numbers in selectors.waiting(since).items():
        waiting = Alert.objects.filter(queue=queue, state="open", snoozed_until=None)
        assert numbers == [len(of(waiting, one)) for one in since]
        assert sum(numbers) == waiting.count()
        assert numbers[-1] > 0


def test_other_purposes_stay_closed(many, days):
    from lianfang.web.dashboard import selectors
    from lianfang.web.database.seeing import seeing

    with seeing(["complaints"]):
        assert selectors.by_week(days) == []
        assert selectors.decided(days) == []
        assert selectors.by_platform(days) == []
