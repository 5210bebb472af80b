from __future__ import annotations

from bench.quality.data import Item
from bench.quality.split import groups, unseen
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.text.alike import ALIKE, grams, jaccard

LONG = "今天社区食堂的红烧狮子头又大又香,排队的人从门口一直站到了马路边上"

short_texts = st.text(alphabet="甲乙丙,。", max_size=12)
items = st.builds(Item, short_texts, group=st.sampled_from(["", "a", "b", "c", "d"]))
sides = st.lists(items, max_size=12)


def test_groups_join_by_key_and_by_likeness():
    lines = [Item(LONG, group="a"), Item("甲", group="b"), Item(LONG + "。", group="b"), Item("乙")]
    assert groups(lines) == [0, 0, 0, 3]


def test_what_is_near_a_development_text_is_dropped():
    held = [Item(LONG), Item("楼上在装修"), Item("换个说法", group="g")]
    assert unseen(held, [Item(LONG + "!"), Item("另一条", group="g")]) == [False, True, False]


def test_nothing_is_near_to_no_development_text():
    assert unseen([Item(LONG), Item(LONG)], []) == [True, True]
    assert unseen([], [Item(LONG)]) == []


@settings(max_examples=200)
@given(sides, sides)
def test_near_duplicates_never_stand_on_both_sides(held, development):
    kept = [item for item, far in zip(held, unseen(held, development), strict=True) if far]
    for mine in kept:
        for seen in development:
            assert jaccard(*grams([mine.text, seen.text])) < ALIKE
            assert not mine.group or mine.group != seen.group


@given(sides)
def test_groups_are_numbered_by_their_first_member(lines):
    numbers = groups(lines)
    assert all(numbers[number] == number <= i for i, number in enumerate(numbers))
