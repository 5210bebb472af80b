from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lianfang.anchored import matches
from lianfang.indicators.contact import FIRST, KINDS
from lianfang.text.stream import normalise

kinds = pytest.mark.parametrize("kind", sorted(KINDS))
PIECES = [
    *("加微信", "加v", "vx", "薇", "维信", "绿泡泡", "找老师", "v信", "wx", "联系", "私我", "戳"),
    *("qq", "q群", "扣扣", "企鹅", "球球", "tg", "飞机号", "电报", "line", "抖音", "whatsapp"),
    *("号", "id", "abc12345", "a_b-c", "xyz", "12345678", "199", "0000", "1234", "xxxx", "+86"),
    *("19900001234", "6222", "4000", "51", "http://", "hxxps://", "www.", "a.top", ".gov.cn"),
    *(":", "@", ".", "-", "_", " ", "*", "/", ",", "。", "\n", "甲", "a", "1"),
]
HANDLES = {
    "phone": ["19900001234", "+86 199 0000 1234", "86-1990000xxxx"],
    "wechat": ["微信:abc12345", "加我薇 abc12345", "绿泡泡号19900001234", "v:1234567"],
    "qq": ["qq:12345678", "扣群987654321", "企鹅 12345", "q:123456"],
    "handle": ["tg@abcdefg", "联系:abc12345", "飞机号abc_def1", "老师 xyz12345"],
    "link": ["http://a.b/c", "hxxps://abc[.]top", "1.2.3.top", "a-b.com/x"],
    "payee": ["6222 0200 0000 1234", "4000123456789010", "5100-0000-0000-0000-000"],
}
texts = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=30).map("".join)


def spans(found):
    return [match.span() for match in found]


def same(kind, text):
    expected = spans(KINDS[kind].finditer(text))
    assert spans(matches(FIRST[kind], KINDS[kind], text)) == expected
    return expected


@kinds
@settings(max_examples=300)
@given(texts)
@example("")
@example("甲" * 20)
def test_it_finds_what_finditer_finds(kind, text):
    same(kind, normalise(text))


@kinds
@given(st.data())
def test_so_it_does_where_handles_are_many(kind, data):
    """Handles of the kind between pieces that may join them, or break into them."""
    handle, piece = st.sampled_from(HANDLES[kind]), st.sampled_from(["", *PIECES])
    parts = data.draw(st.lists(st.tuples(handle, piece), min_size=1, max_size=8))
    same(kind, "".join(text for pair in parts for text in pair))


@kinds
def test_each_handle_is_found_whole(kind):
    for handle in HANDLES[kind]:
        assert same(kind, handle) == [(0, len(handle))]


def test_there_is_a_first_character_for_each_kind():
    assert FIRST.keys() == KINDS.keys() == HANDLES.keys()


def test_no_match_begins_inside_another():
    first, pattern = re.compile("[ab]"), re.compile("ab?a?|b")
    for text in ("aba", "abab", "xabaab", "bba", "abaaba"):
        assert spans(matches(first, pattern, text)) == spans(pattern.finditer(text))


def test_what_is_before_a_place_is_seen():
    """The pattern is tried in the text as it stands, not in what is left of it."""
    first, pattern = re.compile("1"), re.compile(r"(?<!\d)1")
    assert spans(matches(first, pattern, "11 1")) == [(0, 1), (3, 4)]
