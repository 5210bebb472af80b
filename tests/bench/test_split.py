from __future__ import annotations

from itertools import combinations

from bench.quality.data import Item
from bench.quality.split import ALIKE, alike, grams, groups, jaccard, unseen
from hypothesis import given, settings
from hypothesis import strategies as st

LONG = "今天社区食堂的红烧狮子头又大又香,排队的人从门口一直站到了马路边上"

short_texts = st.text(alphabet="甲乙丙,。", max_size=12)
items = st.builds(Item, short_texts, group=st.sampled_from(["", "a", "b", "c", "d"]))
sides = st.lists(items, max_size=12)


def test_a_text_and_its_disguise_are_alike():
    disguised = " ".join(LONG).replace("香", "香!!")
    assert list(alike([LONG, "别的话", disguised])) == [(0, 2)]


def test_texts_that_share_a_little_are_not():
    assert list(alike([LONG, LONG[:12] + "另外还有一碗紫菜蛋花汤和两个馒头可以外带回家"])) == []


def test_a_short_text_is_its_own_gram():
    assert grams("买菜") == {"买菜"}
    assert grams("😀😀") == {"😀😀"}
    assert grams("") == {""}


def test_the_index_at_the_limit():
    assert jaccard(frozenset("abc"), frozenset("abcde")) == ALIKE


def test_groups_join_by_key_and_by_likeness():
    lines = [Item(LONG, group="a"), Item("甲", group="b"), Item(LONG + "。", group="b"), Item("乙")]
    assert groups(lines) == [0, 0, 0, 3]


def test_what_is_near_a_development_text_is_dropped():
    held = [Item(LONG), Item("楼上在装修"), Item("换个说法", group="g")]
    assert unseen(held, [Item(LONG + "!"), Item("另一条", group="g")]) == [False, True, False]


def test_nothing_is_near_to_no_development_text():
    assert unseen([Item(LONG), Item(LONG)], []) == [True, True]
    assert unseen([], [Item(LONG)]) == []


@given(st.lists(short_texts, max_size=12))
def test_every_pair_that_is_alike_is_found(texts):
    pairs = combinations(range(len(texts)), 2)
    near = {(a, b) for a, b in pairs if jaccard(grams(texts[a]), grams(texts[b])) >= ALIKE}
    assert set(alike(texts)) == near


@settings(max_examples=200)
@given(sides, sides)
def test_near_duplicates_never_stand_on_both_sides(held, development):
    kept = [item for item, far in zip(held, unseen(held, development), strict=True) if far]
    for mine in kept:
        for seen in development:
            assert jaccard(grams(mine.text), grams(seen.text)) < ALIKE
            assert not mine.group or mine.group != seen.group


@given(sides)
def test_groups_are_numbered_by_their_first_member(lines):
    numbers = groups(lines)
    assert all(numbers[number] == number <= i for i, number in enumerate(numbers))
