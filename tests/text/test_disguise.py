from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.disguise.tokens import How
from lianfang.text.disguise.undo import Undo
from lianfang.text.disguise.words import usable
from lianfang.text.stream import Stream

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("sounds.tsv", "parts.tsv", "shapes.tsv", "emoji.tsv", "words.txt")
WORDS = [
    "征信",
    "修复",
    "协商",
    "还款",
    "贷款",
    "退保",
    "全额",
    "全额退保",
    "停息挂账",
    "银行卡",
    "微信",
    "催收",
    "逾期",
    "保单",
]
TURNED = frozenset(("征信", "退保"))


@cache
def undo():
    return Undo(WORDS, TURNED, ["不要加"])


def read(text):
    return undo()(Stream.of([text]))


def undone(text):
    """Disguised words of a text: as they stand in the original, as they are read, and how."""
    stream = read(text)
    found, at = [], 0
    while at < stream.codes.size:
        how = int(stream.undone[at])
        end = at + 1
        while end < stream.codes.size and stream.undone[end] == how and how:
            end += 1
        if how:
            start, stop = stream.original_span(0, at, end)
            found.append((text[start:stop], stream.text[at:end], How(how).name))
        at = end
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("专业征❤修复", [("征❤", "征信", "EMOJI")]),
        ("征❤️ 修复", [("征❤", "征信", "EMOJI")]),
        ("🏦卡出租", [("🏦卡", "银行卡", "EMOJI")]),
        ("彳正亻言修复", [("彳正亻言", "征信", "PARTS")]),
        ("亻呆单能退", [("亻呆单", "保单", "PARTS")]),
        ("找我鞋商还款", [("鞋商", "协商", "SOUND")]),
        ("崔收来了,可以鞋商", [("崔收", "催收", "SOUND"), ("鞋商", "协商", "SOUND")]),
        ("婷息挂帐", [("婷息挂帐", "停息挂账", "SOUND")]),
        ("zhengxin花了", [("zhengxin", "征信", "PINYIN")]),
        ("征xin修复", [("征xin", "征信", "PINYIN")]),
        ("Tui保找我", [("Tui保", "退保", "PINYIN")]),
        ("全额退b", [("全额退b", "全额退保", "INITIAL")]),
        ("逾7了 要还款", [("逾7", "逾期", "DIGIT")]),
        ("我的徽信,还款", [("徽信", "微信", "SHAPE")]),
        ("征征信信修复", [("征征信信", "征信", "TWICE")]),
        ("信征能修复", [("信征", "征信", "ORDER")]),
        ("全额保退", [("全额保退", "全额退保", "ORDER")]),
        ("全 鹅 退 保", [("全 鹅 退 保", "全额退保", "SOUND")]),
        ("銀航卡 微❤", [("銀航卡", "银行卡", "SOUND"), ("微❤", "微信", "EMOJI")]),
    ],
)
def test_a_disguised_word_is_read_as_what_it_is(text, found):
    assert undone(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "征信修复",  # as it stands
        "全 额 退 保",
        "預期收益",  # a word of its own that sounds like 逾期
        "他真正信任银行卡",  # across two words: 真正 and 信任
        "带宽不够,还款",
        "正信",  # alone: nothing else says that it is 征信
        "推保",
        "逾7",
        "还征",  # no part of the word
        "贷还款项",
        "zx",  # nothing of the word stands as it is
        "bank",
        "tuibaoxxx",  # a longer word of letters
        "征\n❤",  # two lines
        "征。信",
        "款还",  # turned about, but not listed as such
        "",
        "❤",
        "7",
    ],
)
def test_what_may_be_plain_is_left_as_it_is(text):
    assert undone(text) == []


def test_without_words_nothing_is_read_otherwise():
    stream = Stream.of(["征❤"])
    assert Undo(())(stream) is stream


def test_known_words_are_no_disguise():
    assert Undo(["加微", "加群"], (), ())(Stream.of(["加威,加群"])).text == "加微,加群\n"
    assert Undo(["加微", "加群"], (), ["加威"])(Stream.of(["加威,加群"])).text == "加威,加群\n"


def test_only_han_words_of_some_length_are_looked_for():
    assert usable(["征信", "a股", "信", "征信", "一二三四五六七", "微 信"]) == ["征信"]


def test_each_text_of_a_batch_is_read_as_if_alone():
    texts = ["找我鞋商还款", "", "征❤", "鞋商", "🏦卡", "还款"]
    together = undo()(Stream.of(texts)).text
    assert together == "".join(read(text).text for text in texts)


PIECES = st.sampled_from(
    [*"信征正❤彳亻言修复协鞋商7bx保退tui崔 .*\n。呆还款7", "zheng", "xin", "\u202e", "\u0649"]
)


@given(st.lists(st.lists(PIECES, max_size=24).map("".join), min_size=1, max_size=4))
def test_arrays_stay_whole(texts):
    stream = undo()(Stream.of(texts))
    size = stream.codes.size
    assert stream.classes.size == stream.origin.size == stream.gap.size == size
    assert stream.undone.size == size
    assert (np.diff(stream.origin) >= 0).all()
    assert stream.starts[-1] == size
    assert stream.text.count("\n") == sum(text.count("\n") + 1 for text in texts)
    for text in range(len(texts)):
        last = stream.starts[text + 1] - 1
        assert stream.origin[last] == stream.raw_starts[text + 1] - 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["征❤", "鞋商还款", "zhengxin", "崔", "a", "7", "亻", "❤", "征征"]
)
def test_time_grows_with_the_text(piece):
    def seconds(times):
        stream = Stream.of([piece * times])
        return min(_timed(stream) for _ in range(3))

    seconds(100)
    assert seconds(40_000) < 40 * max(seconds(4_000), 1e-3)


def _timed(stream):
    began = perf_counter()
    undo()(stream)
    return perf_counter() - began


@pytest.mark.slow
def test_the_tables_are_what_the_script_makes():
    script = [sys.executable, "scripts/make_disguise.py", "--check"]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
@pytest.mark.parametrize("stale", TABLES)
def test_the_check_sees_a_stale_table(tmp_path, stale):
    """The script finds its tables by its own place, so a copy of both can be spoilt."""
    room = tmp_path / "src" / "lianfang" / "text" / "disguise"
    room.mkdir(parents=True)
    for name in TABLES:
        (room / name).write_bytes((ROOT / "src/lianfang/text/disguise" / name).read_bytes())
    (room / stale).write_text("征\tzheng\n", encoding="utf-8")
    script = tmp_path / "scripts" / "make_disguise.py"
    script.parent.mkdir()
    script.write_bytes((ROOT / "scripts/make_disguise.py").read_bytes())
    done = subprocess.run(
        [sys.executable, script, "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == f"{stale}: differs from its source: run scripts/make_disguise.py\n"
