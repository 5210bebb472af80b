from __future__ import annotations

from bench.quality.answers import Answer, cases
from bench.quality.cells import before_and_after, points
from bench.quality.data import Item
from bench.quality.disguise import HOW, MIXED, disguise
from bench.quality.evasion import evasions
from bench.quality.paired import Paired

from lianfang.model import Stance

HELD = [
    Item("我们做退保", Stance.OFFER),
    Item("找我全退,退保也行", Stance.OFFER),
    Item("专做征信修复", Stance.OFFER),
    Item("快来找我", Stance.OFFER),
    Item("退保要慎重", Stance.WARN),
    Item("早点睡", Stance.OTHER),
]
ORDINARY = [Item("刚给车买了保险"), Item("晚上吃什么"), Item("今天下雨")]


def plain(texts):
    """Suspects whoever writes 退保, and sees no further than the word itself."""
    return [Answer("退保" in text, frozenset()) for text in texts]


def watchful(texts):
    """Suspects whoever doesn't write what was written here: every disguise."""
    known = {item.text for item in (*HELD, *ORDINARY)}
    return [Answer(text not in known, frozenset()) for text in texts]


def of(method, seed=0):
    return evasions(method, cases(method, HELD), cases(method, ORDINARY), seed)


def test_every_way_is_measured():
    assert tuple(of(plain)) == HOW


def test_only_texts_with_a_word_are_disguised_and_all_are_counted():
    found = of(plain)["homophones"]
    assert (found.offending.texts, found.innocent.texts, found.ordinary.texts) == (4, 2, 3)
    assert found.offending.suspect.texts == 3
    assert found.innocent.suspect.texts == 1
    assert found.ordinary.suspect.texts == 1


def test_who_looks_for_the_word_loses_what_hides_it():
    found = of(plain)["shuffled"]
    hidden = [
        "退保" not in disguise(item.text, "shuffled").text for item in HELD if "退保" in item.text
    ]
    assert hidden[0]
    assert found.offending.suspect == Paired(3, 2, sum(hidden[:2]), 0, 3)
    assert found.innocent.suspect == Paired(1, 1, 1, 0, 1)


def test_doubling_hides_nothing_from_it():
    assert of(plain)["doubled"].offending.suspect == Paired(3, 2, 0, 0, 3)


def test_who_takes_every_disguise_for_guilt_alarms_on_the_innocent():
    found = of(watchful)[MIXED]
    assert found.offending.suspect == Paired(3, 0, 0, 3, 3)
    assert found.innocent.suspect == Paired(1, 0, 0, 1, 1)
    assert found.ordinary.suspect == Paired(1, 0, 0, 1, 1)


def test_the_method_is_asked_about_disguised_texts_alone():
    asked = []

    def recorded(texts):
        asked.extend(texts)
        return plain(texts)

    evasions(recorded, cases(plain, HELD), cases(plain, ORDINARY), 0)
    assert asked
    assert not {*asked} & {item.text for item in (*HELD, *ORDINARY)}


def test_the_seed_decides():
    texts = []

    def recorded(asked):
        texts[-1] += asked
        return plain(asked)

    for seed in (1, 1, 2):
        texts.append([])
        evasions(recorded, cases(plain, HELD), cases(plain, ORDINARY), seed)
    assert texts[0] == texts[1] != texts[2]


def test_cells():
    paired = Paired(texts=200, before=100, lost=30, gained=10, groups=200)
    assert points(paired).startswith("−10.0 (−16.")
    assert before_and_after(paired) == f"50.0 % → 40.0 %: {points(paired)}, 200 texts"
    assert points(Paired(0, 0, 0, 0, 0)) == before_and_after(Paired(0, 0, 0, 0, 0)) == "–"
