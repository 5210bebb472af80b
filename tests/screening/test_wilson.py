from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.screening.wilson import Interval, wilson


# Published: Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score interval).
@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(hits, total, low, high):
    assert wilson(hits, total) == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_nothing_is_known():
    assert wilson(0, 0) == Interval(0.0, 1.0)


@pytest.mark.parametrize(("hits", "total"), [(-1, 3), (4, 3), (1, 0), (0, -1)])
def test_what_is_no_share_is_refused(hits, total):
    with pytest.raises(ValueError, match="is no share"):
        wilson(hits, total)


shares = st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(shares)
def test_it_holds_the_share_and_stays_between_0_and_1(share):
    hits, total = share
    low, high = wilson(hits, total)
    assert 0 <= low <= hits / total <= high <= 1
    assert low < high


@given(shares)
def test_hits_and_misses_mirror_each_other(share):
    hits, total = share
    low, high = wilson(hits, total)
    assert wilson(total - hits, total) == pytest.approx((1 - high, 1 - low))


@given(shares)
def test_more_cases_make_it_narrower_and_a_larger_z_wider(share):
    hits, total = share
    width = wilson(hits, total).high - wilson(hits, total).low
    more = wilson(hits * 4, total * 4)
    assert more.high - more.low < width
    sure = wilson(hits, total, z=3.0)
    assert sure.high - sure.low > width
