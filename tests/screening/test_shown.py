from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import oracle
from lianfang.guides.compile import compile_library
from lianfang.screening.finds import NO_PATTERN
from lianfang.screening.firing import Firing
from lianfang.screening.layout import Layout
from lianfang.screening.shown import MOST_SPANS, REWRITTEN, UNCOVERED, Speaks, shown
from lianfang.text.stream import NO_GAP, Stream

LEXICON = [
    {
        "id": "nested",
        "label": {"zh": "套着的", "en": "nested"},
        "terms": ["退保", "全额退保", "额退", "保单", "app"],
        "variants": {"退宝": "退保"},
    }
]
WHENS = [
    "@nested",
    "@loan",
    {"any": ["@nested", "@loan", {"contact": ["phone", "wechat"]}]},
    {"all": ["@nested", "@loan"]},
    {"near": {"a": "@nested", "b": ["@loan", "甲"], "within": 6}},
    {"order": {"first": "@loan", "then": "@nested"}},
    {"count": {"of": ["@nested", "@loan"], "at_least": 2}},
    {"any": ["甲", {"number": {"kind": "share"}}]},
    {"not": "@nested"},
]
PIECES = [
    *("退保", "全额退保", "全额退", "退宝", "全❤额退-保", "退 保 单", "黑户贷款", "黑户dai款"),
    *("全額退保", "黑❤户贷款", "秒下款", "甲", "APP", "ａｐｐ", "微信:abc12345", "19900001234"),
    *("3成", "。", "\n", ",", "❤", " ", "“", "”", "哈", "㎏", "\u200b", "𠀀"),
]
texts = st.lists(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join), min_size=1, max_size=8
)
several = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def program(make_library, tmp_path):
    features = [
        make_library.feature(id=f"f{number}-{unit}", when=when, unit=unit)
        for number, when in enumerate(WHENS)
        for unit in ("sentence", "text")
    ]
    guide = {"features": features, "shared": []}
    return compile_library(make_library(tmp_path, guide=guide, lexicon=LEXICON, hits="", clean=""))


class Told(NamedTuple):
    """What is told of one text; spans rule by rule."""

    rules: list
    spans: list
    changes: list
    decided: tuple


def told(program, texts, stance=-1, speaks=None):
    """What is told of each text in which something fired, and the batch."""
    firing = Firing(Layout(program), Stream.of(texts))
    size, rules = len(texts), len(program.rules)
    speaks = speaks or Speaks(np.full(rules, -2), np.zeros(rules))
    of = shown(firing, np.ones(size, dtype=bool), np.full(size, stance), speaks)
    assert (len(of.first), len(of.span_first)) == (size + 1, len(of.rules) + 1)
    found = {}
    for text, (first, last) in enumerate(pairwise(of.first)):
        if first < last:
            low, high = of.place_first[text : text + 2]
            places = list(zip(of.starts[low:high], of.ends[low:high], strict=True))
            assert len(set(places)) == len(places)
            spans = [
                [places[one] for one in of.spans[a:b]]
                for a, b in pairwise(of.span_first[first : last + 1])
            ]
            mine = of.changes.get(text, [])
            found[text] = Told(of.rules[first:last], spans, mine, of.decided[text])
    return found, firing


def spans(program, text, rule="f0-text"):
    """The pieces of one text that are shown for one rule."""
    found, _ = told(program, [text])
    names = [program.rules[number].feature.id for number in found[0].rules]
    return [text[start:end] for start, end in found[0].spans[names.index(rule)]]


def changes(program, text):
    """Each change told of one text: the piece, and how it differs."""
    found, _ = told(program, [text])
    return [(text[change.start : change.end], change.how) for change in found[0].changes]


def outermost(ranges):
    """Ranges that lie in no other, in order."""
    ranges = set(ranges)
    return sorted(
        (a, b) for a, b in ranges if not any(c <= a and b <= d for c, d in ranges - {(a, b)})
    )


def fired(program, texts):
    """For each text the rules that fire, with their places, as the oracle gives them."""
    finds = oracle.Finds(program, texts)
    for number in range(len(texts)):
        reading = oracle.Reading(finds, number)
        hits = {rule.index: oracle.fire(rule, reading) for rule in program.rules}
        yield {rule: places for rule, places in hits.items() if places is not None}


def reads_differently(program, firing, hit):
    """Whether a term isn't written as it is listed, capitals apart."""
    start, end, pattern = hit
    stream = firing.stream
    if pattern == NO_PATTERN:
        return False
    written = "".join(chr(stream.raw[place]) for place in stream.origin[start:end].tolist())
    lower = "".join(char.lower() if char.isascii() else char for char in written)
    hidden = (stream.gap[start + 1 : end] != NO_GAP).any()
    return bool(program.stands_for[pattern] or hidden or lower != stream.text[start:end])


# -- against the oracle


@pytest.mark.slow
@given(texts=texts)
@several
def test_rules_and_spans_are_the_oracles(program, texts):
    found, firing = told(program, texts)
    span = firing.stream.original_span
    for text, hits in enumerate(fired(program, texts)):
        assert (text in found) is bool(hits)
        if hits:
            assert found[text].rules == sorted(hits)
            assert found[text].spans == [
                outermost(span(text, start, end) for start, end, _ in hits[rule])[:MOST_SPANS]
                for rule in sorted(hits)
            ]


@pytest.mark.slow
@given(texts=texts)
@several
def test_spans_are_few_in_order_and_none_in_another(program, texts):
    for text, mine in told(program, texts)[0].items():
        for ranges in mine.spans:
            assert len(ranges) <= MOST_SPANS
            assert all(0 <= start < end <= len(texts[text]) for start, end in ranges)
            assert all(a < c and b < d for (a, b), (c, d) in pairwise(ranges))


@pytest.mark.slow
@given(texts=texts)
@several
def test_changes_are_the_disguised_terms(program, texts):
    found, firing = told(program, texts)
    span = firing.stream.original_span
    for text, hits in enumerate(fired(program, texts)):
        if hits:
            terms = {hit for places in hits.values() for hit in places}
            differ = {hit for hit in terms if reads_differently(program, firing, hit)}
            expected = outermost(span(text, start, end) for start, end, _ in differ)
            told_of = found[text].changes
            assert [(change.start, change.end) for change in told_of] == expected
            assert {(change.first, change.last, change.pattern) for change in told_of} <= differ


# -- spans


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("全额退保", ["全额退保"]),  # 额退 and 退保 lie inside
        ("退保,全额退保", ["退保", "全额退保"]),
        ("全额退保单", ["全额退保", "保单"]),  # they overlap, neither lies in the other
        ("全❤额退-保", ["全❤额退-保"]),
        ("退宝", ["退宝"]),
        ("APP退保", ["APP", "退保"]),
    ],
)
def test_the_outermost_spans_are_shown(program, text, pieces):
    assert spans(program, text) == pieces


def test_a_span_that_two_terms_share_is_shown_once(program):
    assert spans(program, "甲黑户贷款", "f2-text") == ["黑户贷款"]
    assert spans(program, "黑户贷款退保", "f3-text") == ["黑户贷款", "退保"]


@pytest.mark.parametrize("times", [1, MOST_SPANS - 1, MOST_SPANS, MOST_SPANS + 1, 100])
def test_the_first_twelve_are_shown(program, times):
    found, _ = told(program, ["全额退保," * times])
    rule = [program.rules[number].feature.id for number in found[0].rules].index("f0-text")
    expected = [(5 * n, 5 * n + 4) for n in range(min(times, 12))]
    assert found[0].spans[rule] == expected


def test_a_rule_that_fires_by_absence_shows_nothing(program):
    found, _ = told(program, ["哈", ""])
    assert [spans for spans in found[0].spans if spans] == []
    assert [program.rules[rule].feature.id for rule in found[0].rules] == [
        "f8-sentence",
        "f8-text",
    ]
    assert 1 not in found


def test_spans_count_in_the_text_itself(program):
    found, _ = told(program, ["哈" * 7, "㎏❤", "哈㎏退❤保"])
    assert (2, 5) in found[2].spans[0]


def test_nothing_fired(program):
    assert told(program, [])[0] == told(program, ["", ""])[0] == {}


# -- units


def test_units_are_sentences_of_one_line_and_turns_of_several(program):
    texts = ["甲。哈。退保", "甲。\n哈。退保\n哈", "退❤保", "退保。退保", "甲", "退保。甲退保"]
    found, _ = told(program, texts, 1, loudest(program, {"f0-text": 2.0, "f7-text": 1.0}))
    pieces = [texts[text][slice(*found[text].decided)] for text in range(len(texts))]
    assert pieces == ["退保", "哈。退保\n", "退❤保", "退保。", "甲", "甲退保"]


def test_what_speaks_for_another_stance_decides_nothing(program):
    speaks = loudest(program, {"f0-text": 2.0})
    found, _ = told(program, ["退保。", "甲"], 2, speaks)
    assert [mine.decided for mine in found.values()] == [(-1, -1)] * 2


def loudest(program, weights):
    """Some features that speak for stance 1, so loudly."""
    weight = np.array([weights.get(rule.feature.id, 0.0) for rule in program.rules])
    return Speaks(np.where(weight, 1, -1), weight)


# -- changes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全额退保", []),
        ("APP", []),  # capitals are no disguise
        ("ａｐｐ", [("ａｐｐ", REWRITTEN)]),
        ("全額退保", [("全額退保", REWRITTEN)]),
        ("退宝", [("退宝", REWRITTEN)]),
        ("黑户DAI款", [("黑户DAI款", REWRITTEN)]),
        ("全❤额退保", [("全❤额退保", UNCOVERED)]),
        ("全额 退保", [("全额 退保", UNCOVERED)]),
        ("退\u200b保", [("退\u200b保", UNCOVERED)]),
        ("❤退保❤", []),
        ("全額❤退保", [("全額❤退保", UNCOVERED)]),
        ("退宝,哈,退❤保", [("退宝", REWRITTEN), ("退❤保", UNCOVERED)]),
        ("微❤信:abc12345", []),  # a handle is no listed term
        ("微❤信:abc12345,退宝", [("退宝", REWRITTEN)]),
    ],
)
def test_changes_name_what_was_undone(program, text, expected):
    assert changes(program, text) == expected


def test_a_change_tells_the_term(program):
    found, firing = told(program, ["哈", "哈退宝", "全❤额退保"])
    [spelt], [hidden] = found[1].changes, found[2].changes
    assert program.stands_for[spelt.pattern] == "退保"
    assert program.patterns[hidden.pattern] == "全额退保"
    assert firing.stream.text[hidden.first : hidden.last] == "全额退保"
