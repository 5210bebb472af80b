from __future__ import annotations

from bench.quality.answers import Answer
from bench.quality.attacks import (
    JOINS,
    appended,
    attacks,
    prepended,
    stay_caught,
    stay_clear,
    with_comma,
)
from bench.quality.data import Item
from bench.quality.rates import Rate
from hypothesis import given
from hypothesis import strategies as st

from lianfang.model import Stance

NOTHING = frozenset()


def test_a_caution_is_a_sentence_of_its_own():
    assert appended("找我", "谨防受骗。") == "找我。谨防受骗。"
    assert appended("找我!", "谨防受骗。") == "找我!谨防受骗。"
    assert prepended("找我", "谨防受骗。") == "谨防受骗。找我"
    assert prepended("找我", "谨防受骗") == "谨防受骗。找我"


def test_or_a_part_of_the_last_sentence():
    assert with_comma("找我。", "谨防受骗。") == "找我,谨防受骗。"


def test_every_text_meets_every_caution_in_every_way():
    made = attacks(["甲", "乙"], ["一。", "二。"])
    assert len(made) == len({attack.text for attack in made}) == 2 * 2 * len(JOINS)
    assert {attack.how for attack in made} == set(JOINS)


def test_too_many_are_sampled_and_the_seed_decides():
    texts, cautions = [f"文{i}" for i in range(30)], ["一。", "二。", "三。"]
    made = attacks(texts, cautions, most=100, seed=1)
    assert len(made) == 100
    assert made == attacks(texts, cautions, most=100, seed=1)
    assert made != attacks(texts, cautions, most=100, seed=2)
    assert set(made) <= set(attacks(texts, cautions))


@given(st.lists(st.text(), max_size=4), st.lists(st.text(min_size=1), max_size=4))
def test_an_attack_holds_the_caution(texts, cautions):
    for attack in attacks(texts, cautions):
        assert any(caution in attack.text for caution in cautions)


def fooled(texts):
    """Catches 找我 unless 谨防 stands before it, and 骗子 always."""
    return [Answer(text.startswith("找我") or "骗子" in text, NOTHING) for text in texts]


OFFERS = [Item("找我", Stance.OFFER), Item("漏掉的", Stance.OFFER), Item("找我吧", Stance.WARN)]


def test_only_what_was_caught_is_attacked():
    withstood = stay_caught(fooled, OFFERS, ["谨防。"], 0)
    assert withstood.before == Rate(1, 2)
    assert withstood.texts == Rate(2, 3)
    assert withstood.lines == Rate(0, 1)
    assert withstood.ways["prepended"] == Rate(0, 1)
    assert withstood.ways["appended"] == Rate(1, 1)


def test_warnings_must_stay_clear():
    warnings = [Item("小心", Stance.WARN), Item("骗子多", Stance.WARN), Item("骗", Stance.OFFER)]
    withstood = stay_clear(fooled, warnings, ["骗子。", "小心。"], 0)
    assert withstood.before == Rate(1, 2)
    assert withstood.texts == Rate(3, 6)
    assert withstood.lines == Rate(0, 1)
