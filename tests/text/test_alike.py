from __future__ import annotations

import random
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.text.alike import ALIKE, alike, grams, jaccard, together

LONG = "今天社区食堂的红烧狮子头又大又香,排队的人从门口一直站到了马路边上"

short_texts = st.text(alphabet="甲乙丙,。", max_size=12)


def test_a_text_and_its_disguise_are_alike():
    disguised = " ".join(LONG).replace("香", "香!!")
    assert list(alike([LONG, "别的话", disguised])) == [(0, 2)]


def test_texts_that_share_a_little_are_not():
    assert list(alike([LONG, LONG[:12] + "另外还有一碗紫菜蛋花汤和两个馒头可以外带回家"])) == []


def test_a_short_text_is_its_own_gram():
    assert grams(["买菜", "😀😀", ""]) == [{"买菜"}, {"😀😀"}, {""}]


def test_the_index_at_the_limit():
    assert jaccard(frozenset("abc"), frozenset("abcde")) == ALIKE
    # 3 grams of 5: "abcdefg" is in "abcdefghi"
    assert list(alike(["abcdefg", "abcdefghi", "abcdefghij"])) == [(0, 1), (1, 2)]


@settings(max_examples=300)
@given(st.lists(short_texts, max_size=12))
def test_every_pair_that_is_alike_is_found(texts):
    read = grams(texts)
    pairs = combinations(range(len(texts)), 2)
    assert set(alike(texts)) == {(a, b) for a, b in pairs if jaccard(read[a], read[b]) >= ALIKE}


@pytest.mark.slow
def test_many_texts_are_quick_and_the_planted_ones_are_found():
    rng = random.Random(7)  # noqa: S311
    texts = ["".join(chr(0x4E00 + rng.randrange(3000)) for _ in range(45)) for _ in range(25_000)]
    planted = sorted(rng.sample(range(12_000), 40))
    for place in planted:
        texts[place + 12_500] = f"{texts[place][:22]}，{texts[place][24:]}"
    next(alike(["甲", "甲"]))  # loads what is compiled
    began = time.process_time()
    found = list(alike(texts))
    assert time.process_time() - began < 5
    assert sorted(found) == [(place, place + 12_500) for place in planted]


def test_groups_join_over_others_and_are_named_by_their_first():
    assert together(6, [(4, 2), (2, 5), (0, 3)]) == [0, 1, 2, 0, 2, 2]
    assert together(0, []) == []
    assert together(3, [(0, 1), (1, 0), (2, 2)]) == [0, 0, 2]
