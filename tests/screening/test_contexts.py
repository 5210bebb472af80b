from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lianfang import Screener

LEXICON = [
    {"id": name, "label": {"zh": name, "en": name}, "terms": terms}
    for name, terms in (
        ("wanted", ["甲", "乙乙"]),
        ("cue", ["不", "没有"]),
        ("stop", ["停"]),
    )
]
BEFORE = {"stands": "before", "scope": "clause"}
AFTER = {"stands": "after", "scope": "sentence"}


def context(number, **keys):
    label = {"zh": "语境", "en": "context"}
    return {"id": f"c{number}", "label": label, "why": label, "cue": "@cue", **keys}


@pytest.fixture
def left(make_library, tmp_path):
    """Return a function that gives the matches of @wanted that are left in a text."""

    def left(text, *contexts, when="@wanted", unit="sentence"):
        named = [context(number, **keys) for number, keys in enumerate(contexts)]
        feature = make_library.feature(
            id="wants", when=when, unit=unit, unless=[c["id"] for c in named], strength="strong"
        )
        make_library(
            tmp_path,
            guide={"features": [feature]},
            lexicon=LEXICON,
            shared={"contexts": named},
            hits="",
            clean="",
        )
        [verdict] = Screener(tmp_path).screen([text])
        return [span.text for hit in verdict.features for span in hit.spans]

    return left


# -- before and after


@pytest.mark.parametrize(
    ("text", "keys", "stands"),
    [
        ("不办甲", BEFORE, False),
        ("没有甲", BEFORE, False),
        ("办甲", BEFORE, True),
        ("甲不办", BEFORE, True),
        ("不办,甲", BEFORE, True),
        ("不办,甲", {**BEFORE, "scope": "sentence"}, False),
        ("不办。甲", {**BEFORE, "scope": "sentence"}, True),
        ("不办\n甲", {**BEFORE, "scope": "sentence"}, True),
        ("“不办。”甲", {**BEFORE, "scope": "sentence"}, False),
        ("甲不", AFTER, False),
        ("甲,不", AFTER, False),
        ("甲。不", AFTER, True),
        ("不甲", AFTER, True),
        ("甲,不", {**AFTER, "scope": "clause"}, True),
        ("甲办不", {**AFTER, "scope": "clause"}, False),
    ],
)
def test_before_and_after(left, text, keys, stands):
    assert left(text, keys) == (["甲"] if stands else [])


@pytest.mark.parametrize(
    ("text", "keys", "stands"),
    [
        ("不哈哈哈甲", {**BEFORE, "within": 3}, False),
        ("不哈哈哈哈甲", {**BEFORE, "within": 3}, True),
        ("不甲", {**BEFORE, "within": 0}, False),
        ("不哈甲", {**BEFORE, "within": 0}, True),
        ("不 ❤ 甲", {**BEFORE, "within": 0}, False),
        ("没有哈甲", {**BEFORE, "within": 1}, False),
        ("乙乙哈哈不", {**AFTER, "within": 2}, False),
        ("乙乙哈哈哈不", {**AFTER, "within": 2}, True),
    ],
)
def test_within_counts_the_characters_between(left, text, keys, stands):
    assert bool(left(text, keys)) is stands


@pytest.mark.parametrize(
    ("text", "keys", "stands"),
    [
        ("不哈甲", {**BEFORE, "until": "@stop"}, False),
        ("不停甲", {**BEFORE, "until": "@stop"}, True),
        ("停不甲", {**BEFORE, "until": "@stop"}, False),
        ("不甲停", {**BEFORE, "until": "@stop"}, False),
        ("不停不甲", {**BEFORE, "until": "@stop"}, False),
        ("不停甲", BEFORE, False),
    ],
)
def test_a_cue_reaches_until_it_is_stopped(left, text, keys, stands):
    assert bool(left(text, keys)) is stands


# -- around and beside


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("“甲”不真", False),
        ("不真:“哈甲哈”", False),
        ("“哈。甲”不真", False),
        ("“甲不”", True),
        ("甲“哈”不", True),
        ("“甲”。不真", True),
        ("“甲”\n不真", True),
        ("“甲”哈“不”", True),
        ("“甲”哈", True),
    ],
)
def test_around(left, text, stands):
    assert left(text, {"stands": "around"}) == (["甲"] if stands else [])


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("哈不,哈甲", False),
        ("甲,哈,不", False),
        ("“甲不”", False),
        ("甲。不", True),
        ("不\n甲", True),
        ("甲", True),
    ],
)
def test_beside(left, text, stands):
    assert left(text, {"stands": "beside"}) == (["甲"] if stands else [])


# -- one match, not a text


@pytest.mark.parametrize(
    ("text", "keys", "counted"),
    [
        ("不甲,乙乙", BEFORE, ["乙乙"]),
        ("不甲,甲", BEFORE, ["甲"]),
        ("乙乙。甲不", AFTER, ["乙乙"]),
        ("“甲”不,乙乙", {"stands": "around"}, ["乙乙"]),
        ("甲不。乙乙。甲", {"stands": "beside"}, ["乙乙", "甲"]),
    ],
)
@pytest.mark.parametrize("unit", ["sentence", "turn", "text"])
def test_another_match_beside_it_still_counts(left, text, keys, counted, unit):
    assert left(text, keys, unit=unit) == counted


def test_each_part_of_a_condition_loses_its_own_matches(left):
    near = {"near": {"a": "甲", "b": "乙乙", "within": 9}}
    assert left("不甲,乙乙", BEFORE, when=near) == []
    assert left("不甲,甲,乙乙", BEFORE, when=near) == ["甲", "乙乙"]
    both = {"all": ["甲", "乙乙"]}
    assert left("甲,不乙乙", BEFORE, when=both) == []
    count = {"count": {"of": ["甲", "乙乙"], "at_least": 2}}
    assert left("甲,不乙乙", BEFORE, when=count) == []
    assert left("甲,不乙乙,乙乙", BEFORE, when=count) == ["甲", "乙乙"]


def test_a_match_in_a_context_doesnt_count_under_not_either(left):
    when = {"all": ["甲", {"not": "乙乙"}]}
    assert left("甲,乙乙", BEFORE, when=when) == []
    assert left("甲,不乙乙", BEFORE, when=when) == ["甲"]


def test_handles_and_numbers_stand_in_contexts_too(left):
    assert left("不加微信abc12345", BEFORE, when={"contact": ["wechat"]}) == []
    assert left("加微信abc12345", BEFORE, when={"contact": ["wechat"]}) == ["微信abc12345"]
    near = {"near": {"a": "甲", "b": {"number": {"kind": "share"}}, "within": 5}}
    assert left("甲,不收30%", BEFORE, when=near) == []
    assert left("甲,收30%", BEFORE, when=near) == ["甲", "30%"]


def test_several_contexts_each_take_their_matches(left):
    text = "不甲。甲。“甲”不真。乙乙"
    assert left(text, BEFORE) == ["甲", "甲", "乙乙"]
    assert left(text, BEFORE, {"stands": "around"}) == ["甲", "乙乙"]


def test_no_context_reaches_into_another_text(make_library, tmp_path):
    feature = make_library.feature(when="@wanted", unless=["c0"], strength="strong")
    make_library(
        tmp_path,
        guide={"features": [feature]},
        lexicon=LEXICON,
        shared={"contexts": [context(0, stands="beside")]},
    )
    verdicts = Screener(tmp_path).screen(["不", "甲", "不", "甲不", "甲"] * 9)
    assert [bool(verdict.features) for verdict in verdicts] == [False, True, False, False, True] * 9


# -- an independent oracle


parts = st.text(alphabet="甲不停哈,。", max_size=5)
texts = st.lists(parts | parts.map("“{}”".format), min_size=1, max_size=5).map("".join)
contexts = st.fixed_dictionaries(
    {"stands": st.sampled_from(["before", "after", "around", "beside"])},
    optional={
        "scope": st.sampled_from(["clause", "sentence"]),
        "within": st.integers(0, 4),
        "until": st.just("@stop"),
    },
)


def annotated(text):
    """For each position: number of its sentence, number of its clause, whether it is quoted."""
    rows, sentence, clause, inside = [], 0, 0, False
    for char in text:
        inside = inside and char != "”"
        rows.append((sentence, clause, inside))
        inside = inside or char == "“"
        clause += char in ",。"
        sentence += char == "。" and not inside
    return rows


def in_context(text, at, keys):
    """Brute force: whether some cue puts the match at a position into the context."""
    rows = annotated(text)
    column = 1 if keys.get("scope") == "clause" else 0

    def reaches(cue):
        first, last = min(cue, at), max(cue, at)
        return (
            (cue < at) is (keys["stands"] == "before")
            and rows[first][column] == rows[last][column]
            and last - first - 1 <= keys.get("within", len(text))
            and not ("until" in keys and "停" in text[first:last])
        )

    cues = [cue for cue, char in enumerate(text) if char == "不"]
    same = [cue for cue in cues if rows[cue][0] == rows[at][0]]
    if keys["stands"] == "beside":
        return bool(same)
    if keys["stands"] == "around":
        return rows[at][2] and any(not rows[cue][2] for cue in same)
    return any(map(reaches, cues))


@pytest.mark.slow
@given(texts, contexts)
@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
def test_contexts_agree_with_brute_force(left, text, keys):
    assume("甲" in text)
    expected = [
        char for at, char in enumerate(text) if char == "甲" and not in_context(text, at, keys)
    ]
    assert len(left(text, keys)) == min(len(expected), 12)
