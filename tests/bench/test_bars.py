from __future__ import annotations

from bench.speed.bars import bars
from bench.speed.clock import Spread
from bench.speed.fresh import Streamed
from bench.speed.result import OURS, Calls, Result


def result(
    *, rate=(70_000, 61_000), call=(0.0004, 0.00045), load=1.0, first=2.0, peak=200, last=100
):
    return Result(
        0,
        {OURS: Spread(rate[0], rate[1], rate[0])},
        [],
        {"screener": Calls(*call)},
        Spread(load, load, load),
        Spread(first, first, first),
        Streamed(1, 1.0, peak * 10**6, 100, last),
    )


def passed(**more):
    return [bar.passed for bar in bars(result(**more))], [
        bar.worst_passed for bar in bars(result(**more))
    ]


def test_all_pass():
    assert passed() == ([True] * 5, [True] * 5)


def test_all_fail():
    bad = {"rate": (59_999, 1), "call": (0.0005, 0.1), "load": 2.5, "peak": 300, "last": 106}
    assert passed(**bad) == ([False] * 5, [False] * 5)


def test_the_worst_is_told_beside_the_median():
    bad = {"rate": (70_000, 59_000), "call": (0.0004, 0.0006), "first": 60.0}
    assert passed(**bad) == ([True] * 5, [False, False, True, True, True])
