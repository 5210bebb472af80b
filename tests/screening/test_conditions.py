from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.guides.compile import compile_library
from lianfang.screening.alone import fired

TERMS = "甲乙丙丁"
GUIDE = "loan-scam"
SHARE = {"number": {"kind": "share", "at_least": 3}}
FILLER = ["哈" * 300] * 20
"""Enough texts and characters that every array path is taken, and no term in them."""


@pytest.fixture
def firing(make_library, tmp_path):
    """Return a function that says for each condition the texts in which it fires.

    One more feature names the usual sets, since only terms that some feature asks for count
    as listed.
    """

    def firing(conditions, texts, *, unit="sentence", lexicon=()):
        features = [
            make_library.feature(id=f"f{number}", when=when, unit=unit)
            for number, when in enumerate([*conditions, {"any": ["@loan", "@promise"]}])
        ]
        library = make_library(
            tmp_path, guide={"features": features}, lexicon=list(lexicon), hits="", clean=""
        )
        found = fired(compile_library(library), texts)
        return [sorted(found[f"{GUIDE}/f{number}"]) for number in range(len(conditions))]

    return firing


@pytest.fixture
def fires(firing):
    """Return a function that says whether a condition fires in a text, in a batch of any size."""

    def fires(when, text, **more):
        [alone] = firing([when], [text], **more)
        [among] = firing([when], [*FILLER, text, *FILLER], **more)
        assert (len(FILLER) in among) is (alone == [0])
        return alone == [0]

    return fires


# -- terms, any, all, not


@pytest.mark.parametrize(
    ("when", "text", "expected"),
    [
        ("甲", "哈甲哈", True),
        ("甲", "哈乙哈", False),
        ("@loan", "办黑户贷款", True),
        ("@loan", "办黑户DAI款", True),
        ("@loan", "黑户贷款讲座", False),
        ("@loan", "黑户贷款讲座,办黑户贷款", True),
        ("黑户贷款", "黑户贷款讲座", True),
        ({"any": ["甲", "@loan"]}, "秒下款", True),
        ({"any": ["甲", "@loan"]}, "哈", False),
        ({"any": ["甲", {"all": ["乙", "丙"]}]}, "乙", False),
        ({"any": ["甲", {"all": ["乙", "丙"]}]}, "乙丙", True),
        ({"all": ["甲", "乙"]}, "乙哈甲", True),
        ({"all": ["甲", "乙"]}, "甲哈", False),
        ({"not": "甲"}, "哈", True),
        ({"not": "甲"}, "甲", False),
        ({"not": "甲"}, "甲。哈", True),
        ({"not": {"not": "甲"}}, "甲", True),
        ({"not": {"not": "甲"}}, "哈", False),
        ({"all": ["甲", {"not": "乙"}]}, "甲", True),
        ({"all": ["甲", {"not": "乙"}]}, "甲乙", False),
        ({"all": ["甲", {"not": "乙"}]}, "甲。乙", True),
    ],
)
def test_terms_any_all_not(fires, when, text, expected):
    assert fires(when, text) is expected


@pytest.mark.parametrize("text", ["甲。", "甲\n", "甲。\n", "甲。\n甲", "甲!"])
def test_nothing_at_the_end_is_no_sentence(fires, text):
    assert fires({"not": "甲"}, text) is False


# -- units


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("甲,乙", {"sentence", "turn", "text"}),
        ("甲。乙", {"turn", "text"}),
        ("甲\n乙", {"text"}),
        ("“甲。”乙", {"sentence", "turn", "text"}),
        ("甲。\n哈乙甲", {"sentence", "turn", "text"}),
        ("甲。哈。", set()),
    ],
)
@pytest.mark.parametrize(
    "when",
    [
        {"all": ["甲", "乙"]},
        {"near": {"a": "甲", "b": "乙", "within": 9}},
        {"count": {"of": ["甲", "乙"], "at_least": 2}},
    ],
)
def test_units(fires, when, text, units):
    for unit in ("sentence", "turn", "text"):
        assert fires(when, text, unit=unit) is (unit in units)


def test_no_unit_reaches_into_another_text(firing):
    conditions = [
        {"all": ["甲", "乙"]},
        {"near": {"a": "甲", "b": "乙", "within": 200}},
        {"order": {"first": "甲", "then": "乙"}},
        {"count": {"of": ["甲", "乙"], "at_least": 2}},
    ]
    for unit in ("sentence", "turn", "text"):
        found = firing(conditions, ["甲", "乙", "甲哈", "哈乙", "甲乙"], unit=unit)
        assert found == [[4]] * len(conditions)


# -- near and order


@pytest.mark.parametrize(
    ("within", "text", "near", "ordered"),
    [
        (2, "甲哈哈乙", True, True),
        (2, "甲哈哈哈乙", False, False),
        (2, "乙哈哈甲", True, False),
        (2, "乙哈哈哈甲", False, False),
        (0, "甲乙", True, True),
        (0, "甲哈乙", False, False),
        (0, "甲❤ 乙", True, True),
        (2, "甲哈哈哈甲哈乙", True, True),
        (2, "乙甲哈哈哈乙", True, False),
        (5, "甲。乙", False, False),
        (5, "乙。甲乙", True, True),
    ],
)
def test_near_and_order(fires, within, text, near, ordered):
    assert fires({"near": {"a": "甲", "b": "乙", "within": within}}, text) is near
    assert fires({"order": {"first": "甲", "then": "乙", "within": within}}, text) is ordered


def test_order_without_a_bound_reaches_through_the_unit(fires):
    when = {"order": {"first": "甲", "then": "乙"}}
    assert fires(when, "甲" + "哈" * 500 + "乙") is True
    assert fires(when, "乙" + "哈" * 500 + "甲") is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [("甲乙丙", False), ("甲乙乙丙", True), ("乙丙甲乙", True), ("甲乙丙乙丙", True)],
)
def test_finds_that_overlap_are_not_near(fires, text, expected):
    assert fires({"near": {"a": "甲乙", "b": "乙丙", "within": 3}}, text) is expected


def test_a_find_is_not_near_itself(fires):
    assert fires({"near": {"a": "甲", "b": "甲", "within": 5}}, "甲") is False
    assert fires({"near": {"a": "甲", "b": "甲", "within": 5}}, "甲哈甲") is True
    assert fires({"order": {"first": "甲", "then": ["甲", "乙"]}}, "乙甲") is False


def test_operands_of_every_kind(fires):
    share = {"number": {"kind": "share"}}
    handle = {"contact": ["wechat", "qq"]}
    assert fires({"near": {"a": ["甲", "@loan"], "b": share, "within": 2}}, "秒下款收3成") is True
    assert fires({"near": {"a": ["甲", "@loan"], "b": share, "within": 2}}, "3成") is False
    assert fires({"order": {"first": "甲", "then": handle, "within": 3}}, "甲,微信abc12345") is True
    assert fires({"order": {"first": "甲", "then": handle}}, "微信abc12345,甲") is False


# -- count


@pytest.mark.parametrize(
    ("of", "least", "text", "expected"),
    [
        (["甲", "乙"], 2, "甲甲甲", False),
        (["甲", "乙"], 2, "乙哈甲", True),
        (["甲", "乙", "丙"], 3, "丙甲甲", False),
        (["甲", "乙", "丙"], 3, "丙甲乙", True),
        (["甲", "乙", "丙"], 2, "丙。甲。乙", False),
        ("@loan", 2, "黑户贷款黑户贷款", False),
        ("@loan", 2, "黑户贷款秒下款", True),
        ("@loan", 2, "黑户贷款讲座,秒下款", False),
        (["@loan", "@promise"], 2, "秒下款,包过", True),
        (["@loan", "黑户贷款"], 2, "黑户贷款", False),
        (["甲", {"contact": ["wechat"]}], 2, "甲微信abc12345", True),
    ],
)
def test_count_of_different_terms(fires, of, least, text, expected):
    assert fires({"count": {"of": of, "at_least": least}}, text) is expected


def test_a_disguised_spelling_is_no_different_term(fires):
    when = {"count": {"of": "@loan", "at_least": 2}}
    assert fires(when, "黑户贷款,黑户dai款") is False


# -- numbers


@pytest.mark.parametrize(
    ("bounds", "text", "expected"),
    [
        ({}, "收30%", True),
        ({}, "收几个点", True),
        ({}, "收30元", False),
        ({"at_least": 30}, "收三成", True),
        ({"at_least": 30}, "收29.9%", False),
        ({"at_most": 30}, "收三成", True),
        ({"at_most": 30}, "收31%", False),
        ({"at_least": 10, "at_most": 30}, "收20%", True),
        ({"at_least": 10, "at_most": 30}, "收5%或50%", False),
        ({"at_least": 10, "at_most": 30}, "收5%或15%", True),
    ],
)
def test_bounds_of_a_number(fires, bounds, text, expected):
    assert fires({"number": {"kind": "share", **bounds}}, text) is expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("600元", {"money", "price"}),
        ("一家两千", {"price"}),
        ("6个点", {"share"}),
        ("30天", {"duration"}),
        ("3倍", {"times"}),
        ("没有数字", set()),
    ],
)
def test_kinds_of_number(firing, text, kinds):
    every = ["price", "money", "share", "duration", "times"]
    found = firing([{"number": {"kind": name}} for name in every], [text])
    assert {name for name, at in zip(every, found, strict=True) if at} == kinds


def test_durations_are_days_and_shares_per_cent(fires):
    month = {"number": {"kind": "duration", "at_least": 60, "at_most": 60}}
    assert fires(month, "两个月办好") is True
    assert fires(month, "两周办好") is False


@pytest.mark.parametrize(
    ("when", "where"),
    [
        (SHARE, ["5个点"]),
        ({"not": SHARE}, ["1个点"]),
        ({"not": {"not": SHARE}}, ["5个点"]),
        ({"any": [SHARE, "甲"]}, ["5个点", "1个点", "几个点"]),
        ({"any": [SHARE, "乙"]}, ["5个点"]),
        ({"all": [SHARE, "甲"]}, ["5个点"]),
        ({"not": {"all": [SHARE, "甲"]}}, ["1个点"]),
        ({"not": {"all": [SHARE, "乙"]}}, ["5个点", "1个点", "几个点"]),
        ({"not": {"any": [SHARE, "甲"]}}, []),
        ({"not": {"any": [SHARE, "乙"]}}, ["1个点"]),
        ({"not": {"number": {"kind": "share"}}}, []),
    ],
)
@pytest.mark.parametrize("unit", ["sentence", "turn", "text"])
def test_an_unknown_number_is_neither_true_nor_false(firing, when, where, unit):
    numbers = ["5个点", "1个点", "几个点"]
    [found] = firing([when], [f"甲收{number}" for number in numbers], unit=unit)
    assert [numbers[at] for at in found] == where


def test_a_known_number_beside_an_unknown_one_decides(fires):
    assert fires(SHARE, "几个点?5个点") is True
    assert fires(SHARE, "几个点,5个点") is True
    assert fires({"not": SHARE}, "几个点,5个点") is False
    assert fires({"not": SHARE}, "几个点,1个点") is False


# -- contacts


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("phone", "19900001234"),
        ("phone", "199****12xx"),
        ("wechat", "加薇 abc12345"),
        ("wechat", "微信:a_b_c_d"),
        ("wechat", "微信:ab-cd-ef"),
        ("wechat", "vx:abc_xyz"),
        ("qq", "企鹅 123456789"),
        ("handle", "电报 abcdef"),
        ("handle", "tg:ab_cd_ef"),
        ("link", "http://abc.top/x"),
        ("link", "打开 ab.cc 办"),
        ("payee", "6222 0200 0000 1234"),
    ],
)
def test_kinds_of_contact(firing, kind, text):
    kinds = ["phone", "wechat", "qq", "handle", "link", "payee"]
    conditions = [{"contact": [name]} for name in kinds]
    found = firing(conditions, [text])
    assert [name for name, at in zip(kinds, found, strict=True) if at] == [kind]
    others = [name for name in kinds if name != kind]
    assert firing([{"contact": kinds}, {"contact": others}], [text]) == [[0], []]


def test_service_numbers_are_no_contact(fires):
    when = {"contact": ["phone", "wechat", "qq", "handle", "link", "payee"]}
    assert fires(when, "请拨打95588或12378,登录www.gov.cn") is False


# -- obfuscation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("黑❤户贷款" + "哈" * 36, True),
        ("黑❤户贷款" + "哈" * 37, False),
        ("黑*户*贷*款" + "哈" * 36, True),
        ("黑户dai款" + "哈" * 40, True),
        ("黑户贷款", False),
        ("黑户❤贷款。" + "哈" * 100, True),
        ("哈❤哈", False),
        ("秒 下 款", False),
        ("黑❤户贷款,秒❤下款" + "哈" * 62, True),
        ("黑❤户贷款,秒❤下款" + "哈" * 63, False),
        ("", False),
    ],
)
def test_obfuscation_is_the_share_that_hid_listed_terms(fires, text, expected):
    assert fires({"obfuscation": {"at_least": 0.1}}, text) is expected


def test_overlapping_disguises_count_once(fires):
    lexicon = [{"id": "x", "label": {"zh": "甲", "en": "x"}, "terms": ["甲乙丙", "乙丙丁"]}]
    when = {"any": ["@x", {"obfuscation": {"at_least": 0.5}}]}
    only = {"all": [{"obfuscation": {"at_least": 0.5}}, {"not": {"not": when}}]}
    assert fires(only, "甲❤乙❤丙❤丁" + "哈" * 4, lexicon=lexicon) is True
    assert fires(only, "甲❤乙❤丙❤丁" + "哈" * 5, lexicon=lexicon) is False


def test_obfuscation_in_every_text_of_a_large_batch(firing):
    texts = ["黑❤户贷款", "秒❤下款", "黑户dai款", "百❤分百", "哈" * 10] * 200
    [found] = firing([{"obfuscation": {"at_least": 0.5}}], texts)
    assert found == [number for number in range(len(texts)) if number % 5 != 4]


# -- an independent oracle: brute force over positions


TOKENS = ["哈", "5个点", "1个点", "几个点"]
VALUES = {"5个点": 5.0, "1个点": 1.0, "几个点": None}

one_term = st.sampled_from(TERMS)
operands = one_term | st.lists(one_term, min_size=1, max_size=3)
near = st.builds(
    lambda a, b, n: {"near": {"a": a, "b": b, "within": n}}, operands, operands, st.integers(0, 3)
)
order = st.builds(
    lambda a, b, bound: {"order": {"first": a, "then": b, **bound}},
    operands,
    operands,
    st.just({}) | st.integers(0, 3).map(lambda n: {"within": n}),
)
count = st.builds(
    lambda of, n: {"count": {"of": of, "at_least": n}},
    st.lists(one_term, min_size=1, max_size=4, unique=True),
    st.integers(2, 3),
)
bounds = st.sampled_from([{}, {"at_least": 3}, {"at_most": 3}, {"at_least": 9}])
number = bounds.map(lambda bound: {"number": {"kind": "share", **bound}})
conditions = st.recursive(
    one_term | near | order | count | number,
    lambda inner: (
        inner.map(lambda node: {"not": node})
        | st.lists(inner, min_size=1, max_size=3).map(lambda nodes: {"any": nodes})
        | st.lists(inner, min_size=1, max_size=3).map(lambda nodes: {"all": nodes})
    ),
    max_leaves=6,
)
sentences = st.lists(st.sampled_from([*TERMS, *TOKENS]), min_size=1, max_size=6).map("".join)
lines = st.lists(sentences, min_size=1, max_size=3).map("。".join)
documents = st.lists(lines, min_size=1, max_size=3).map("\n".join)


def places(operand, unit):
    names = operand if isinstance(operand, list) else [operand]
    return [at for at, char in enumerate(unit) if char in names]


def close(first, then, within):
    return any(
        at < behind and (within is None or behind - at - 1 <= within)
        for at in first
        for behind in then
    )


def negated(truth):
    return None if truth is None else not truth


def either(truths):
    return True if True in truths else None if None in truths else False


def share_holds(unit, kind, at_least=None, at_most=None):
    assert kind == "share"
    found = [value for token, value in VALUES.items() for _ in range(unit.count(token))]
    if at_least is None and at_most is None:
        return bool(found)
    low, high = at_least or 0.0, at_most or 1e9
    return either([None if value is None else low <= value <= high for value in found])


def holds(node, unit):
    """Whether a condition holds in one unit: True, False, or None for unknown."""
    if isinstance(node, str):
        return node in unit
    [(operator, value)] = node.items()
    return ORACLE[operator](value, unit)


def near_holds(value, unit):
    one, other = (places(value[key], unit) for key in ("a", "b"))
    return close(one, other, value["within"]) or close(other, one, value["within"])


def order_holds(value, unit):
    first, then = (places(value[key], unit) for key in ("first", "then"))
    return close(first, then, value.get("within"))


ORACLE = {
    "not": lambda part, unit: negated(holds(part, unit)),
    "any": lambda parts, unit: either([holds(part, unit) for part in parts]),
    "all": lambda parts, unit: negated(either([negated(holds(part, unit)) for part in parts])),
    "near": near_holds,
    "order": order_holds,
    "count": lambda value, unit: len(set(value["of"]) & set(unit)) >= value["at_least"],
    "number": lambda value, unit: share_holds(unit, **value),
}


def units_of(text, unit):
    if unit == "text":
        return [text]
    turns = text.split("\n")
    return turns if unit == "turn" else [part for turn in turns for part in turn.split("。")]


def expected_of(when, texts, unit):
    return [
        number
        for number, text in enumerate(texts)
        if any(holds(when, part) is True for part in units_of(text, unit))
    ]


@pytest.mark.slow
@given(
    st.lists(conditions, min_size=1, max_size=6),
    st.lists(documents, min_size=1, max_size=12),
    st.sampled_from(["sentence", "turn", "text"]),
)
@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_engine_agrees_with_brute_force(firing, whens, texts, unit):
    expected = [expected_of(when, texts, unit) for when in whens]
    assert firing(whens, texts, unit=unit) == expected


@pytest.mark.slow
@given(
    st.lists(conditions, min_size=1, max_size=6),
    st.lists(documents, min_size=1, max_size=12),
    st.sampled_from(["sentence", "turn", "text"]),
)
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_so_it_does_in_large_batches(firing, whens, texts, unit):
    padded = [*texts, *FILLER]
    expected = [expected_of(when, padded, unit) for when in whens]
    assert firing(whens, padded, unit=unit) == expected


@pytest.mark.parametrize(
    ("when", "unit", "truth"),
    [
        ({"near": {"a": "甲", "b": "乙", "within": 1}}, "乙哈甲", True),
        ({"order": {"first": "甲", "then": "乙", "within": 1}}, "乙哈甲", False),
        ({"near": {"a": "甲", "b": "甲", "within": 1}}, "甲", False),
        ({"count": {"of": ["甲", "乙"], "at_least": 2}}, "甲甲", False),
        (SHARE, "几个点", None),
        ({"not": SHARE}, "几个点1个点", None),
        ({"all": [SHARE, "甲"]}, "几个点", False),
        ({"any": [SHARE, "甲"]}, "几个点甲", True),
    ],
)
def test_the_oracle_itself(when, unit, truth):
    assert holds(when, unit) is truth
