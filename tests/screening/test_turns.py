from __future__ import annotations

from functools import cache
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang import Screener
from lianfang.screening.turns import MOST_TURNS, turns_of


@cache
def screener():
    return Screener()


def said(text):
    return [(turn.speaker, text[turn.start : turn.end]) for turn in turns_of(text)]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("A:在吗\nB:在", [("A", "在吗"), ("B", "在")]),
        (
            "客户：能退吗？\r\n坐席：可以。\r\n\r\n客户：怎么退",
            [("客户", "能退吗？"), ("坐席", "可以。"), ("客户", "怎么退")],
        ),
        (
            "09:12 老王: 在吗\n09:13 李四：在\n明天说\n老王：好",
            [("老王", "在吗"), ("李四", "在\n明天说"), ("老王", "好")],
        ),
        ("[09:12:01] 甲：一\n[09:12:07] 乙：二", [("甲", "一"), ("乙", "二")]),
        ("以下是通话记录\nA:在吗\nB:在", [("A", "在吗"), ("B", "在")]),
    ],
)
def test_a_conversation_is_read_by_turns(text, turns):
    assert said(text) == turns


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A:在吗",
        "A:在吗\nA:在不在",  # one speaker
        "在吗\n在",
        "投诉对象：某银行\n投诉事项：乱收费\n诉求：退费\n金额：三百元",  # a form: each name once
        "第一段:\n第二段\n第三段\n第四段\n甲:说\n",
        "http://a.cn\nhttp://b.cn",
        "\n".join(f"{'AB'[i % 2]}:嗯" for i in range(MOST_TURNS + 1)),
    ],
)
def test_what_is_no_conversation_has_no_turns(text):
    assert said(text) == []


@given(st.text(alphabet="AB甲:： \n\r09[]。", max_size=60))
def test_turns_lie_in_the_text_in_order(text):
    turns = turns_of(text)
    bounds = [place for turn in turns for place in (turn.start, turn.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= place <= len(text) for place in bounds)
    assert all(turn.start < turn.end for turn in turns)


def test_long_lines_are_read_in_time():
    began = process_time()
    turns_of("啊" * 2_000_000 + ":\n" + " " * 2_000_000 + "\n" + "1:" * 500_000)
    assert process_time() - began < 5


def test_the_deciding_turn_is_named():
    talk = (
        "王姐:在忙吗,孩子放学了没\n"
        "小郑:刚到家,你上次说的那个事呢\n"
        "王姐:征信逾期能铲单,专业修复,不成功不收费,要做加我微信\n"
        "小郑:哦哦,那我想想"
    )
    [verdict] = screener().screen([talk])
    assert verdict.suspect is not False
    assert [turn.speaker for turn in verdict.turns] == ["王姐", "小郑", "王姐", "小郑"]
    assert verdict.decided_by.text.startswith("征信逾期能铲单")
    assert talk[verdict.turns[2].start : verdict.turns[2].end] == verdict.decided_by.text
    worst = max(verdict.turns, key=lambda turn: turn.score)
    assert worst is verdict.turns[2]
    assert worst.stance.offends
    assert not verdict.turns[0].stance.offends


def test_nobody_waits_for_turns_of_small_talk():
    [verdict] = screener().screen(["妈:吃了没\n我:吃了\n妈:早点睡"])
    assert (verdict.suspect, verdict.turns) == (False, ())
