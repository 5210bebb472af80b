from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import oracle
from lianfang.guides.compile import compile_library
from lianfang.guides.library import Library
from lianfang.guides.program import DISGUISED, MARKS
from lianfang.screening.finds import START, find
from lianfang.screening.layout import Layout
from lianfang.screening.sieve import sieve

CONTACTS = ["phone", "wechat", "qq", "handle", "link", "payee"]
TERMS = [
    "甲",
    "乙",
    "丙",
    "黑户贷款",
    "黑户dai款",
    "黑户贷款讲座",
    "秒下款",
    "加微信",
    "不",
    "百分百",
]
HANDLES = [
    *("19900001234", "199****0000", "微信:abc12345", "加薇 a_b-c", "v:1234567", "qq:12345678"),
    *("tg@abcdefg", "联系 abc12345", "http://a.cc/x", "ab.top", "6222 0200 0000 1234"),
]
BETWEEN = ["。", "\n", ",", "❤", " ", "“", "”", "3成", "几个点", "哈", "abc12", "1234", ".", "*"]
SHARE = {"number": {"kind": "share", "at_least": 3}}
OF_TERMS = [
    "甲",
    "@loan",
    {"any": ["甲", "@loan"]},
    {"all": ["甲", "乙", "@loan"]},
    {"any": [{"all": ["甲", "乙"]}, {"all": ["丙", "@loan"]}]},
    {"all": ["甲", {"not": "乙"}]},
    {"not": "甲"},
    {"any": ["甲", {"not": "乙"}]},
    {"near": {"a": ["甲", "乙"], "b": "@loan", "within": 5}},
    {"order": {"first": "甲", "then": ["乙", "丙"]}},
    {"count": {"of": ["甲", "乙", "丙"], "at_least": 3}},
    {"all": ["甲", {"count": {"of": ["@loan", "乙"], "at_least": 2}}]},
    {"count": {"of": ["@loan", "甲"], "at_least": 2}},
    {"obfuscation": {"at_least": 0.01}},
    {"all": ["甲", {"obfuscation": {"at_least": 0.1}}]},
    {"all": ["甲", SHARE]},
]
OF_HANDLES = [
    *({"contact": [kind]} for kind in CONTACTS),
    {"contact": CONTACTS},
    {"all": ["甲", {"contact": ["wechat", "phone"]}]},
    {"any": ["甲", {"contact": ["link", "payee"]}]},
    {"near": {"a": [{"contact": ["qq"]}, "乙"], "b": [SHARE, "甲"], "within": 9}},
    {"count": {"of": ["甲", {"contact": CONTACTS}], "at_least": 2}},
]
several = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def batches(*pieces):
    text = st.lists(st.sampled_from(pieces), max_size=10).map("".join)
    return st.lists(text, min_size=1, max_size=12)


@pytest.fixture
def programmed(make_library, tmp_path):
    """Return a function that makes a program of conditions, in each kind of unit."""

    def programmed(whens, units=("sentence", "turn", "text")):
        features = [
            make_library.feature(id=f"f{number}-{unit}", when=when, unit=unit)
            for number, when in enumerate([*whens, {"any": ["@loan", "@promise"]}])
            for unit in units
        ]
        return compile_library(
            make_library(tmp_path, guide={"features": features}, hits="", clean="")
        )

    return programmed


@pytest.fixture
def terms_and_handles(programmed):
    return programmed([*OF_TERMS, *OF_HANDLES])


@pytest.fixture
def terms_only(programmed):
    return programmed(OF_TERMS)


def passed(program, texts):
    """Pairs of text and rule's id that pass the sieve."""
    layout = Layout(program)
    stream = layout.read(texts)
    places = find(layout.scanner.scan(stream), layout.leads, stream.gap, stream.undone)
    first = np.searchsorted(places[START], stream.starts)
    pairs = sieve(places, first, stream.starts, stream.codes, stream.classes, layout.needs)
    numbers = list(zip(pairs.text.tolist(), pairs.rule.tolist(), strict=True))
    assert len(numbers) == len(set(numbers))
    assert pairs.text.tolist() == sorted(pairs.text.tolist())
    return {(text, program.rules[rule].id) for text, rule in numbers}


def firing(program, texts):
    """Pairs that fire, says the oracle."""
    found = oracle.fired(program, texts)
    return {(text, rule) for rule, numbers in found.items() for text in numbers}


def needed(program, texts):
    """Pairs that have all needs and counts, by plain sets."""
    finds, found = oracle.Finds(program, texts), set()
    for text, rows in enumerate(finds.rows):
        terms = {}
        for _, _, pattern, number in rows:
            terms.setdefault(number, set()).add(program.terms[pattern])
        held = terms.keys() | ({MARKS[DISGUISED]} if finds.disguised(text) else set())
        for rule in program.rules:
            enough = (
                len(set().union(*(terms.get(number, ()) for number in sets))) >= least
                for sets, least in rule.counts
            )
            if all(held & set(clause) for clause in rule.needs) and all(enough):
                found.add((text, rule.id))
    return found


# -- nothing is missed


@pytest.mark.slow
@given(texts=batches(*TERMS, *HANDLES, *BETWEEN))
@several
def test_what_fires_passes(terms_and_handles, texts):
    assert firing(terms_and_handles, texts) <= passed(terms_and_handles, texts)


@pytest.mark.slow
@given(texts=batches(*HANDLES, *BETWEEN))
@several
def test_what_fires_by_handles_passes(terms_and_handles, texts):
    assert firing(terms_and_handles, texts) <= passed(terms_and_handles, texts)


@cache
def shipped():
    return compile_library(Library())


@pytest.mark.slow
@given(data=st.data())
@settings(max_examples=25)
def test_what_fires_of_the_shipped_rules_passes(data):
    pieces = st.sampled_from(shipped().patterns) | st.sampled_from([*HANDLES, *BETWEEN])
    text = st.lists(pieces, max_size=25).map("".join)
    texts = data.draw(st.lists(text, min_size=1, max_size=5))
    assert firing(shipped(), texts) <= passed(shipped(), texts)


@pytest.mark.parametrize("handle", HANDLES)
def test_each_handle_passes_alone(terms_and_handles, handle):
    fires = firing(terms_and_handles, [handle])
    assert (0, "loan-scam/f22-text") in fires  # a contact of any kind
    assert fires <= passed(terms_and_handles, [handle])


# -- and not everything passes


@pytest.mark.slow
@given(texts=batches(*TERMS, *BETWEEN))
@several
def test_what_passes_has_all_that_it_needs(terms_only, texts):
    assert passed(terms_only, texts) == needed(terms_only, texts)


@pytest.mark.parametrize(
    ("when", "text", "passes"),
    [
        ({"all": ["甲", "乙"]}, "甲", False),
        ({"all": ["甲", "乙"]}, "乙", False),
        ({"all": ["甲", "乙"]}, "乙。甲", True),  # in one unit or not: that isn't asked
        ({"all": ["甲", "@loan"]}, "黑户贷款", False),  # neither the rare nor the common alone
        ({"all": ["甲", "@loan"]}, "甲", False),
        ({"all": ["甲", "@loan"]}, "甲,黑户贷款讲座", False),
        ({"all": ["甲", "@loan"]}, "甲,黑户dai款", True),
        ({"count": {"of": ["甲", "乙", "丙"], "at_least": 2}}, "甲甲甲", False),
        ({"count": {"of": ["甲", "乙", "丙"], "at_least": 2}}, "甲丙", True),
        ({"count": {"of": ["@loan"], "at_least": 2}}, "黑户贷款,黑户dai款", False),
        ({"count": {"of": ["@loan"], "at_least": 2}}, "黑户贷款,秒下款", True),
        ({"contact": ["phone"]}, "19900", False),
        ({"contact": ["phone"]}, "199****0000", True),
        ({"contact": ["payee"]}, "19900001234", False),
        ({"contact": ["wechat"]}, "abc12345", False),
        ({"contact": ["wechat"]}, "微信", False),
        ({"contact": ["wechat"]}, "微信abc12345", True),
        ({"contact": ["link"]}, "abc。top", False),
        ({"contact": ["link"]}, "abc.top", True),
        ({"obfuscation": {"at_least": 0.01}}, "黑户贷款", False),
        ({"obfuscation": {"at_least": 0.01}}, "黑户❤贷款", True),
        ({"not": "甲"}, "", True),  # what needs nothing passes everywhere
        ("甲", "", False),
    ],
)
def test_what_is_asked_for(programmed, when, text, passes):
    program = programmed([when], units=["sentence"])
    found = passed(program, ["哈", text, "哈"])
    assert ((1, "loan-scam/f0-sentence") in found) is passes


def test_no_texts_and_no_characters(terms_and_handles):
    free = {rule.id for rule in terms_and_handles.rules if not rule.needs}
    assert len(free) == 6  # two conditions that hold where nothing stands, in three units
    assert passed(terms_and_handles, []) == set()
    assert passed(terms_and_handles, ["", ""]) == {(n, rule) for n in (0, 1) for rule in free}


def test_many_texts_that_touch_many_rules(terms_and_handles):
    """More pairs than there was room for at first."""
    text = "。".join([*TERMS, *HANDLES, "黑户❤贷款", "3成"])
    alone = {rule for _, rule in passed(terms_and_handles, [text])}
    assert len(alone) > 60
    together = passed(terms_and_handles, [text] * 50)
    assert together == {(number, rule) for number in range(50) for rule in alone}
