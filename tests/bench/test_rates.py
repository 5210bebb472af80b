from __future__ import annotations

import pytest
from bench.quality.rates import Rate, precision, precision_at


@pytest.mark.parametrize(
    ("recall", "false_alarms", "prevalence", "expected"),
    [
        # of 10,000 texts 100 offend and 80 are found; of 9,900 others 99 are: 80 / 179
        (0.8, 0.01, 0.01, 80 / 179),
        # of 1,000 texts 1 offends and is found; of 999 others 9.99 are
        (1.0, 0.01, 0.001, 1 / 10.99),
        # of 100 texts 5 offend, 2.5 are found; of 95 others 1.9 are
        (0.5, 0.02, 0.05, 2.5 / 4.4),
        (0.5, 0.0, 0.001, 1.0),
        (0.0, 0.5, 0.5, 0.0),
    ],
)
def test_precision_by_hand(recall, false_alarms, prevalence, expected):
    assert precision(recall, false_alarms, prevalence) == pytest.approx(expected)


def test_where_nothing_is_called_suspect_there_is_no_precision():
    assert precision(0.0, 0.0, 0.01) is None


def test_the_worse_end_by_hand():
    # Wilson, 95 %: 8 of 10 is 0.4902 to 0.9433; 0 of 100 is 0 to 3.8415 / 103.8415 = 0.03699
    found = precision_at(Rate(8, 10), Rate(0, 100), 0.05)
    assert found.estimate == 1.0
    assert found.worst == pytest.approx(0.4902 * 0.05 / (0.4902 * 0.05 + 0.03699 * 0.95), abs=1e-4)


def test_without_cases_nothing_is_said():
    assert precision_at(Rate(0, 0), Rate(0, 9), 0.01).estimate is None
    assert Rate(0, 0).share is None
    assert Rate(0, 0).interval == (0.0, 1.0)


def test_a_rate_of_marks():
    rate = Rate.of([True, False, True, True])
    assert rate == Rate(3, 4)
    assert rate.numbers() == {
        "hits": 3,
        "total": 4,
        "share": 0.75,
        "low": 0.30064,
        "high": 0.95441,
    }
