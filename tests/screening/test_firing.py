from __future__ import annotations

from functools import cache

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import oracle
from lianfang import Screener
from lianfang.guides.compile import compile_library
from lianfang.guides.corpus import CLEAN, HITS, read_corpus
from lianfang.screening.alone import fired
from lianfang.screening.judge import STANCES, Evidence, StrengthJudge
from lianfang.text.stream import Stream

KINDS = ["phone", "wechat", "qq", "handle", "link", "payee"]
PIECES = [
    *("加薇", "微信:", "v:", "企鹅", "qq", "tg@", "电报", "联系", "199", "0000", "1234", "xxxx"),
    *("****", "http://", "a.cc", "ab.top", "6222", "abc12345", "a_b", "c-d", "-", "_", " ", "."),
    *("甲", "乙", "。", "\n", "❤", "3成", "几个点", "黑户贷款", "黑户dai款"),
]


@cache
def shipped():
    return Screener()


@cache
def by_strength():
    return Screener(judge=StrengthJudge(shipped().program))


@cache
def corpora():
    """Every third text of the shipped corpora."""
    root = shipped().program.library.root
    files = [read_corpus(path) for name in (HITS, CLEAN) for path in sorted(root.glob(f"*/{name}"))]
    return [line.text for corpus in files for _, line in corpus.lines][::3]


@cache
def all_pairs():
    return oracle.fired(shipped().program, corpora())


def plain(verdicts):
    """Verdicts as comparable values, their ids apart."""
    return [msgspec.structs.replace(verdict, id=0) for verdict in verdicts]


# -- the sieve


@pytest.mark.slow
def test_no_rule_is_missed_in_the_shipped_corpora():
    assert len(corpora()) > 900
    found = fired(shipped().program, corpora())
    missed = {rule: sorted(texts - found[rule]) for rule, texts in all_pairs().items()}
    assert {rule: texts for rule, texts in missed.items() if texts} == {}
    assert found == all_pairs()


@pytest.mark.slow
def test_nor_is_one_where_texts_come_alone():
    program = shipped().program
    some = range(0, len(corpora()), 9)
    for number in some:
        found = fired(program, [corpora()[number]])
        assert {rule for rule, texts in found.items() if texts} == {
            rule for rule, texts in all_pairs().items() if number in texts
        }


@pytest.mark.slow
@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), min_size=1, max_size=20)
)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_handle_or_disguise_is_missed(make_library, tmp_path, texts):
    share = {"number": {"kind": "share"}}
    whens = [
        *({"contact": [kind]} for kind in KINDS),
        {"contact": KINDS},
        {"any": ["甲", {"contact": ["wechat", "link"]}]},
        {"all": [{"not": "甲"}, {"contact": KINDS}]},
        {"near": {"a": ["甲", share], "b": {"contact": KINDS}, "within": 5}},
        {"order": {"first": {"contact": ["qq"]}, "then": ["@loan", "乙"]}},
        {"count": {"of": ["甲", "乙", {"contact": KINDS}], "at_least": 2}},
        {"count": {"of": ["@loan", "甲", "乙"], "at_least": 2}},
        {"obfuscation": {"at_least": 0.01}},
        {"any": [{"obfuscation": {"at_least": 0.5}}, {"all": ["甲", "乙"]}]},
        {"not": {"any": ["甲", {"contact": KINDS}]}},
        {"all": [{"any": [{"not": "甲"}, "乙"]}, {"any": ["@loan", share]}]},
    ]
    features = [
        make_library.feature(id=f"f{number}-{unit}", when=when, unit=unit)
        for number, when in enumerate(whens)
        for unit in ("sentence", "text")
    ]
    program = compile_library(
        make_library(tmp_path, guide={"features": features}, hits="", clean="")
    )
    expected = oracle.fired(program, texts)
    assert fired(program, texts) == expected
    for number, text in enumerate(texts):
        alone = fired(program, [text])
        assert {rule for rule in alone if alone[rule]} == {
            rule for rule in expected if number in expected[rule]
        }


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("phone", "1990000xxxx"),
        ("phone", "199****0000"),
        ("phone", "199********"),
        ("phone", "199 *000 0***"),
        ("wechat", "微信:a_b-c_d"),
        ("link", "http://____"),
        ("payee", "6222 0200 0000 1234"),
    ],
)
def test_masked_and_broken_handles_are_looked_at(make_library, tmp_path, kind, text):
    feature = make_library.feature(when={"contact": [kind]})
    program = compile_library(make_library(tmp_path, guide={"features": [feature]}))
    expected = oracle.fired(program, [text])
    assert expected["loan-scam/names-loan"] == {0}
    assert fired(program, [text]) == expected


# -- what is skipped changes nothing


@pytest.mark.slow
def test_verdicts_are_those_that_all_evidence_gives():
    program = shipped().program
    numbers = {rule.id: rule.index for rule in program.rules}
    pairs = [(numbers[rule], text) for rule, texts in all_pairs().items() for text in texts]
    rules, texts = np.array(pairs, dtype=np.int64).T
    judged = StrengthJudge(program).judge(Evidence(rules, texts, len(corpora())), Stream.of([]))
    verdicts = list(by_strength().screen(corpora()))
    stances = [STANCES[number] for number in judged.stance.tolist()]
    assert [verdict.stance for verdict in verdicts] == stances
    assert [verdict.score for verdict in verdicts] == [round(s, 4) for s in judged.score.tolist()]


@pytest.mark.slow
def test_features_of_a_verdict_are_those_that_fired():
    named = 0
    for number, verdict in enumerate(by_strength().screen(corpora())):
        fired_here = {rule for rule, texts in all_pairs().items() if number in texts}
        concerned = bool(verdict.activities)
        assert {hit.id for hit in verdict.features} == (fired_here if concerned else set())
        named += concerned
    assert 100 < named < len(corpora())


# -- one batch or many


@pytest.mark.slow
def test_one_at_a_time_is_as_all_at_once():
    together = plain(shipped().screen(corpora()))
    alone = [verdict for text in corpora() for verdict in plain(shipped().screen([text]))]
    assert alone == together


@pytest.mark.slow
@pytest.mark.parametrize("size", [2, 15, 16, 17, 100])
def test_batches_of_any_size(size):
    texts = corpora()[::3]
    parts = [texts[at : at + size] for at in range(0, len(texts), size)]
    verdicts = [verdict for part in parts for verdict in plain(shipped().screen(part))]
    assert verdicts == plain(shipped().screen(texts))


@pytest.mark.slow
def test_neighbours_dont_matter():
    texts = corpora()[::5]
    backwards = plain(shipped().screen(["", *reversed(texts), "“"]))[1:-1]
    assert list(reversed(backwards)) == plain(shipped().screen(texts))
