from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from lianfang.errors import InputError
from lianfang.web.dashboard.period import EARLIEST, Days, ages, asked

TODAY = date(2026, 11, 28)
DAY = timedelta(days=1)


def test_weeks_begin_on_monday_and_this_one_counts():
    assert asked({}, TODAY).days == (date(2026, 11, 2), TODAY)
    assert asked({"weeks": "13"}, TODAY).days == (date(2026, 8, 31), TODAY)
    assert asked({"weeks": "99"}, TODAY).chosen == 4


@pytest.mark.parametrize("first", [TODAY - DAY * n for n in (0, 5, 6, 30, 363)])
def test_weeks_cover_a_period_once(first):
    period = asked({"from": first.isoformat(), "to": ""}, TODAY)
    days = [one for _, one in period.weeks]
    assert (days[0].first, days[-1].last) == period.days == (first, TODAY)
    assert all(two.first - one.last == DAY for one, two in pairwise(days))
    assert all(monday.weekday() == 0 for monday, _ in period.weeks)
    assert all(monday <= one.first <= one.last <= monday + 6 * DAY for monday, one in period.weeks)
    assert len({f"{one.first:%m-%d}" for one in days}) == len(days)


def test_a_day_of_beijing_begins_at_its_midnight():
    days = Days(TODAY, TODAY)
    assert days.start.isoformat() == "2026-11-28T00:00:00+08:00"
    assert days.end - days.start == DAY


def test_the_future_is_left_out():
    assert asked({"from": "2026-11-01", "to": "2027-01-01"}, TODAY).days.last == TODAY


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-02", "2026-11-01"), ("2025-01-01", "2026-11-01"), ("1999-12-31", "2000-01-02"),
        ("2027-01-01", "2027-01-02"), ("yesterday", ""), ("", "2026-11-01"), ("2026-02-30", ""),
        ("\0", "2026-11-01"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_said(first, last):
    with pytest.raises(InputError):
        asked({"from": first, "to": last}, TODAY)


def test_every_day_is_of_one_age():
    days = [one for _, one in ages(TODAY)]
    assert (days[0].last, days[-1].first) == (TODAY, EARLIEST)
    assert all(one.first - two.last == DAY for one, two in pairwise(days))
