from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.report.visible import plain, readable, visible

BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize("char", BIDI)
def test_bidirectional_controls_become_marks(char):
    shown = visible(f"退{char}保")
    assert char not in shown
    assert '<span class="unseen" title="U+' in shown


def test_a_mark_names_its_character():
    assert visible("\u202e") == (
        '<span class="unseen" title="U+202E RIGHT-TO-LEFT OVERRIDE">RLO</span>'
    )


def test_hidden_characters_become_marks():
    assert plain("退\u200b保\ufeff\u00ad\U000e0041") == "退⟨ZWSP⟩保⟨BOM⟩⟨SHY⟩⟨U+E0041⟩"


def test_a_joiner_hides_between_letters_and_glues_emoji():
    assert plain("退\u200d保") == "退⟨ZWJ⟩保"
    assert plain("👩\u200d👧") == "👩\u200d👧"


def test_markup_is_escaped():
    assert visible('<b title="x">&\'') == "&lt;b title=&#34;x&#34;&gt;&amp;&#39;"


def test_what_cannot_be_read_is_replaced():
    assert readable("\ud800\udfff\x80\uffff") == "\ufffd" * 4
    assert readable("\x00\x1b\x7f") == "␀␛␡"
    assert readable("a\r\nb\rc\u2028d\te") == "a \nb\nc\nd\te"


@given(st.text(alphabet=st.characters()))
def test_one_character_stays_one(text):
    shown = readable(text)
    assert len(shown) == len(text)
    shown.encode("utf-8")


@given(st.text())
def test_nothing_unseen_is_left(text):
    assert not set(BIDI) & set(visible(text))
    assert not set(BIDI) & set(plain(text))
