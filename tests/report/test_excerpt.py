from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianfang.report.excerpt import AROUND, ENOUGH, excerpt
from lianfang.report.segments import segments

LONG = "一二三四五六七八九十" * 100


def cut_out(text, ranges):
    return excerpt(segments(text, [ranges]), ranges, len(text))


def test_the_surroundings_of_a_span_are_shown():
    [part] = cut_out(LONG, [(500, 504)]).parts
    assert part.skipped == 500 - AROUND
    assert "".join(s.text for s in part.segments) == LONG[500 - AROUND : 504 + AROUND]
    assert [s.text for s in part.segments if s.layers] == [LONG[500:504]]


def test_spans_near_each_other_share_a_part():
    assert len(cut_out(LONG, [(100, 104), (120, 124)]).parts) == 1
    assert len(cut_out(LONG, [(100, 104), (400, 404)]).parts) == 2


def test_without_spans_the_beginning_is_shown():
    [part] = cut_out(LONG, []).parts
    assert part.skipped == 0
    assert "".join(s.text for s in part.segments) == LONG[:ENOUGH]


spans = st.lists(
    st.tuples(st.integers(0, 999), st.integers(1, 400)).map(lambda p: (p[0], min(sum(p), 1000))),
    max_size=12,
)


@given(spans)
def test_every_character_is_shown_or_counted(ranges):
    shown = cut_out(LONG, ranges)
    position = 0
    for part in shown.parts:
        position += part.skipped
        for segment in part.segments:
            assert segment.start == position
            assert segment.text == LONG[position : segment.end]
            position = segment.end
    assert position + shown.skipped == len(LONG)


@given(spans)
def test_an_excerpt_stays_short(ranges):
    shown = cut_out(LONG, ranges)
    assert sum(len(s.text) for p in shown.parts for s in p.segments) < 2 * ENOUGH + 2 * AROUND
