from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from lianfang.screening.learned import _by_weight
from lianfang.screening.verdicts import NEXT_BEST, _ranked


@pytest.mark.parametrize(
    ("about", "unclear", "named"),
    [
        ([0.2, 0.9, 0.6], False, [1, 2]),
        ([0.2, 0.4, 0.3], False, []),
        ([0.1, 0.4, 0.3], True, [1, 2]),
        ([0.5, 0.9, 0.4], True, [1, 0]),
        ([0.1, 0.9, 0.4], True, [1]),
        ([0.0, 0.05, 0.01], True, [1]),
        ([0.0, 0.0, 0.0], True, [0]),
        ([0.0, 0.0, 0.0], False, []),
    ],
)
def test_what_may_offend_is_named_by_the_likeliest(about, unclear, named):
    order, ranked, counts = _ranked(np.array([about]), 0.5, np.array([unclear]))
    assert order[0, : counts[0]].tolist() == named
    assert ranked[0, : counts[0]].tolist() == [about[one] for one in named]


def test_the_next_best_is_named_at_its_share():
    _, _, counts = _ranked(np.array([[0.8, 0.8 * NEXT_BEST]]), 0.9, np.array([True]))
    assert counts[0] == 2


def test_nothing_is_named_without_activities():
    order, _, counts = _ranked(np.zeros((1, 0)), 0.5, np.array([True]))
    assert (order.size, counts.tolist()) == (0, [0])


def test_weights_are_told_strongest_first_and_nothing_without_weight():
    held = np.array([2, 0, 1])
    features = np.array([0.5, -2.0, 0.0])
    runs = np.array([[1.0, 0.5], [0.0, -3.0], [0.25, 0.0]])
    which, values, bounds = _by_weight(held, features, runs)
    told = list(zip(which.tolist(), values.tolist(), strict=True))
    # features are 0, 1, 2; runs 3, 4 | 5, 6 | 7, 8
    assert [told[low:high] for low, high in pairwise(bounds)] == [
        [(1, -2.0), (3, 1.0), (0, 0.5), (4, 0.5)],
        [(6, -3.0)],
        [(7, 0.25)],
    ]
