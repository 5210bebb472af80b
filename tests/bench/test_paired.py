from __future__ import annotations

from math import log, sqrt
from random import Random

import pytest
from bench.quality.paired import Paired, tango
from bench.quality.rates import Rate

from lianfang.screening.wilson import Z95, wilson


def test_marks_are_counted_by_pair():
    before = [True, True, False, False, True]
    after = [True, False, False, True, False]
    paired = Paired.of(before, after, [0, 1, 2, 3, 3])
    assert paired == Paired(texts=5, before=3, lost=2, gained=1, groups=4)
    assert paired.rates == (Rate(3, 5), Rate(2, 5))
    assert paired.change == pytest.approx(-1 / 5)


def test_of_nothing_nothing_is_said():
    paired = Paired.of([], [], [])
    assert paired.change is None
    assert paired.interval == (-1.0, 1.0)


def test_where_nothing_changed_it_reaches_as_far_as_wilsons_interval():
    low, high = tango(0, 0, 200)
    assert high == pytest.approx(wilson(0, 200).high)
    assert low == pytest.approx(-high)


def score_by_search(difference, up, down, total):
    """The score with its constrained likelihood searched for on a grid rather than solved."""
    least, most = max(0.0, -difference), (1 - difference) / 2
    grid = (least + (most - least) * i / 40_000 for i in range(1, 40_000))

    def likelihood(fallen):
        same = 1 - 2 * fallen - difference
        return (
            up * log(fallen + difference)
            + down * log(fallen)
            + (total - up - down) * log(same if same > 0 else 1e-300)
        )

    fallen = max(grid, key=likelihood)
    variance = total * (2 * fallen + difference * (1 - difference))
    return (up - down - total * difference) / sqrt(variance)


@pytest.mark.parametrize("counts", [(1, 0, 44), (10, 3, 50), (3, 10, 50), (5, 5, 40), (2, 40, 90)])
def test_at_both_ends_the_score_is_that_of_95_per_cent(counts):
    up, down, total = counts
    low, high = tango(*counts)
    assert low < (up - down) / total < high
    assert score_by_search(low, *counts) == pytest.approx(Z95, abs=2e-3)
    assert score_by_search(high, *counts) == pytest.approx(-Z95, abs=2e-3)


def test_turned_round_it_is_the_same():
    low, high = tango(10, 3, 50)
    assert tango(3, 10, 50) == pytest.approx((-high, -low))


def test_it_stays_within_what_can_be():
    assert tango(50, 0, 50)[1] == pytest.approx(1)
    assert tango(0, 50, 50)[0] == pytest.approx(-1)


@pytest.mark.slow
def test_nineteen_in_twenty_intervals_hold_the_truth():
    rng = Random(1)  # noqa: S311  a sample, no secret
    rose, fell, total, rounds = 0.02, 0.10, 120, 2000
    held = 0
    for _ in range(rounds):
        draws = [rng.random() for _ in range(total)]
        up = sum(draw < rose for draw in draws)
        down = sum(rose <= draw < rose + fell for draw in draws)
        low, high = tango(up, down, total)
        held += low <= rose - fell <= high
    assert 0.935 < held / rounds < 0.965


def test_versions_of_one_text_count_once():
    alone = Paired(texts=100, before=60, lost=10, gained=2, groups=100)
    versions = Paired(texts=100, before=60, lost=10, gained=2, groups=50)
    assert versions.interval == pytest.approx(tango(1, 5, 50))
    assert versions.interval[0] < alone.interval[0] < alone.change < alone.interval[1]
    assert alone.interval[1] < versions.interval[1]
