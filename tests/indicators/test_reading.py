from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.indicators.reading import Way, views
from lianfang.text.stream import normalise

odd = st.text(st.characters() | st.sampled_from("AaＡ①一❤🛰️㈱ . 。\u202e\ud800İß"), max_size=40)


@pytest.mark.parametrize(
    ("text", "cased", "digits", "spread"),
    [
        ("V❤abc", "Vabc", "Vabc", "V abc"),
        ("ＶＸ:Ab", "VX:Ab", "VX:Ab", "VX:Ab"),
        ("例子.中国", "例子中国", "例子中国", "例子.中国"),
        ("①三8", "1三8", "138", "1三8"),
        ("🛰️🐧✈", "", "", "🛰🐧✈"),
        ("a\u200bb", "ab", "ab", "ab"),
        ("", "", "", ""),
    ],
)
def test_three_ways(text, cased, digits, spread):
    assert [view.text for view in views(text)] == [cased, digits, spread]


@given(odd)
def test_each_character_has_its_place(text):
    for view in views(text):
        assert len(view.text) == len(view.origin)
        places = view.origin.tolist()
        assert places == sorted(places)
        assert all(0 <= place < len(text) for place in places)


@given(odd)
def test_but_for_capitals_it_is_read_as_the_screener_does(text):
    read = views(text)
    assert read[Way.CASED].text.lower() == normalise(text).lower()


@given(odd)
def test_small_letters_are_as_many(text):
    for view in views(text):
        assert len(view.text.lower()) == len(view.text.upper()) == len(view.text)
