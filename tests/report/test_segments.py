from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lianfang.report.segments import Segment, merged, segments

ranges = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=6)
layers = st.lists(ranges, max_size=5)


def test_nested_and_overlapping_spans():
    cut = segments("全额退保找我", [[(0, 4)], [(1, 3)], [(2, 5)]])
    assert cut == [
        Segment(0, "全", (0,)),
        Segment(1, "额", (0, 1)),
        Segment(2, "退", (0, 1, 2)),
        Segment(3, "保", (0, 2)),
        Segment(4, "找", (2,)),
        Segment(5, "我", ()),
    ]


def test_spans_of_one_layer_melt_together():
    assert segments("退保退款", [[(0, 1), (0, 2), (2, 4), (1, 3)]]) == [
        Segment(0, "退保退款", (0,))
    ]


def test_an_empty_text_has_no_segments():
    assert segments("", [[(0, 0)], [(0, 5)]]) == []


@given(st.text(max_size=30), layers)
def test_the_segments_are_the_text(text, layers):
    cut = segments(text, layers)
    assert "".join(segment.text for segment in cut) == text
    assert all(segment.text for segment in cut)
    assert all(a.end == b.start for a, b in pairwise(cut))


@given(st.text(max_size=30), layers)
def test_each_character_knows_what_covers_it(text, layers):
    for segment in segments(text, layers):
        for position in range(segment.start, segment.end):
            covering = [n for n, spans in enumerate(layers)
                        if any(a <= position < b for a, b in spans)]  # fmt: skip
            assert segment.layers == tuple(covering)


@given(st.text(max_size=30), layers)
def test_neighbours_differ(text, layers):
    assert all(a.layers != b.layers for a, b in pairwise(segments(text, layers)))


def test_ranges_that_touch_are_merged():
    assert merged([(5, 7), (0, 2), (2, 3), (6, 9)]) == [(0, 3), (5, 9)]
