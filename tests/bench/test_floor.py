from __future__ import annotations

import pytest
from bench.quality.answers import Answer
from bench.quality.floor import ANY_TRADE, WORDS, floor

EVERY = [word for words in (*WORDS.values(), ANY_TRADE) for word in words]


def test_a_list_of_sixty_to_a_hundred_words_each_once():
    assert 60 <= len(EVERY) <= 100
    assert len(set(EVERY)) == len(EVERY)


@pytest.mark.parametrize("word", EVERY)
def test_each_word_is_found_where_it_stands(word):
    [answer] = floor([f"前文{word}后文"])
    assert answer.suspect is True


def test_the_activities_are_named():
    both, none = floor(["全额退保、征信修复都做", "加微信聊"])
    assert both.activities == {"illegal-policy-surrender", "credit-repair"}
    assert none == Answer(True, frozenset())


def test_width_and_case_are_folded():
    assert [a.suspect for a in floor(["+V", "ＥＴＣ已"])] == [True, True]


def test_everyday_talk_is_clear():
    assert floor(["晚上吃什么", ""]) == [Answer(False, frozenset())] * 2


def test_it_cannot_tell_a_warning_from_an_advert():
    assert [a.suspect for a in floor(["专业征信修复", "谨防征信修复骗局"])] == [True, True]
