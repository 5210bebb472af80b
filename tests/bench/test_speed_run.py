"""The measurement from end to end, as small as it goes."""

from __future__ import annotations

import json
import os

import pytest
from bench.quality.data import SHIPPED
from bench.speed.report import Origin, numbers, report
from bench.speed.result import AGAINST, OURS, Plan, measure

from lianfang.guides.library import shipped

PLAN = Plan(
    SHIPPED, shipped(), count=64, rounds=1, calls=5, loads=1, firsts=1, streamed=200, seed=0
)
ORIGIN = Origin("2026-01-02", "a machine", {"credit-repair": "1.0.0"}, "abc", 1, 1)


@pytest.fixture
def any_core():
    cores = os.sched_getaffinity(0)
    yield
    os.sched_setaffinity(0, cores)


@pytest.mark.slow
@pytest.mark.usefixtures("any_core")
def test_everything_is_measured_and_told():
    result = measure(PLAN)
    assert os.sched_getaffinity(0) == {result.core}
    assert all(rate.median > 0 for rate in result.rates.values())
    assert {name for pair in AGAINST for name in pair} <= result.rates.keys()
    assert result.streamed.messages == 200
    told = json.loads(json.dumps(numbers(result, ORIGIN)))
    assert told["rates"][OURS]["median"] == result.rates[OURS].median
    assert "2026-01-02" in report(result, PLAN, ORIGIN)
