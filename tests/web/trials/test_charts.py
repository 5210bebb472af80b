from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lianfang.web.trials.charts import HEIGHT, STEP, WEEKS, bars

TODAY = date(2026, 11, 28)
MONDAY = date(2026, 11, 23)
counts = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))


def test_weeks_without_decisions_have_no_bar():
    found = bars({MONDAY: (3, 1), MONDAY - timedelta(weeks=2): (0, 0)}, TODAY)
    assert [(one.week, one.confirmed, one.rejected) for one in found] == [(MONDAY, 3, 1)]
    assert found[0].x == (WEEKS - 1) * STEP
    assert found[0].yes_height + found[0].no_height == HEIGHT


def test_what_is_longer_ago_is_left_out():
    assert bars({MONDAY - timedelta(weeks=WEEKS): (5, 5)}, TODAY) == []


@given(
    st.dictionaries(st.integers(0, WEEKS - 1).map(lambda n: MONDAY - timedelta(weeks=n)), counts)
)
def test_bars_stay_within_and_what_there_is_can_be_seen(weeks):
    for one in bars(weeks, TODAY):
        assert 0 <= one.yes_y <= HEIGHT
        assert one.yes_y + one.yes_height == one.no_y
        assert one.no_y + one.no_height == HEIGHT
        assert bool(one.yes_height) == bool(one.confirmed)
        assert bool(one.no_height) == bool(one.rejected)
