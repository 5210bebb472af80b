from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from bench.quality.disguise import HOW, MIXED, MOST, Disguised, disguise
from bench.quality.kinds import KINDS, WORDS, spellings
from hypothesis import given
from hypothesis import strategies as st

ADVERT = "专业征信修复,逾期协商,全额退保,不成功不收费,加微信 abc123 细聊"
LINKS = (
    "https://bank.cn/征信?x=退保",
    "www.tuibao88.com/wx",
    "退保.com",
    "zhengxin@mail.cn",
    "http://微信.中国/贷款",
)
NUMBERS = ("13812345678", "3", "95.5%", "一三八零零一三八", "三十六", "500", "V8")

TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*WORDS, "QQ"]),
        st.sampled_from([*LINKS, *NUMBERS]),
        st.text("我们可以的了,。! ab", max_size=4),
    ),
    max_size=12,
).map("".join)
HOWS = st.sampled_from(HOW)
SEEDS = st.integers(0, 50)
NUMERALS = "〇零一二三四五六七八九十百千万亿两幺"
RUN = re.compile(f"[0-9a-zA-Z{NUMERALS}]+")


def untouched(text, changes):
    """What stands before, between and after the changes."""
    ends = [0, *(end for c in changes for end in (c.start, c.end)), len(text)]
    return [text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)]


@pytest.mark.parametrize("how", HOW)
def test_the_seed_decides_and_nothing_else(how):
    texts = [ADVERT, "网贷逾期可以分期", "晚上吃什么"]
    made = [disguise(text, how, 1) for text in texts]
    assert [disguise(text, how, 1) for text in reversed(texts)] == made[::-1]
    assert len({disguise(ADVERT, how, seed).text for seed in range(20)}) > 5


@pytest.mark.slow
def test_it_is_the_same_in_another_process():
    code = (
        "from bench.quality.disguise import HOW, disguise\n"
        f"print([disguise({ADVERT!r}, how, 3).text for how in HOW])"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert told == [repr([disguise(ADVERT, how, 3).text for how in HOW])] * 2


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_that_a_kind_knows_is_hidden(kind):
    for word, ways in spellings(kind).items():
        text = f"我们说{word}吧"
        made = disguise(text, kind)
        [change] = made.changes
        assert (change.start, change.end, change.word) == (3, 3 + len(word), word)
        assert change.spelling in ways
        assert made.text != text


def test_mixed_hides_every_word():
    assert all(disguise(f"我们说{word}吧", MIXED).changes for word in WORDS)


@pytest.mark.parametrize("how", HOW)
def test_a_text_without_a_word_stays(how):
    for text in ("", "晚上吃什么", "明天三点见 https://a.cn/x", "Happy birthday"):
        assert disguise(text, how) == Disguised(text)


def test_a_word_that_a_kind_does_not_know_stays():
    assert "仲裁" not in spellings("digits")
    assert disguise("我们说仲裁吧", "digits").text == "我们说仲裁吧"


def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        disguise(ADVERT, "upside down")


@given(TEXTS, HOWS, SEEDS)
def test_spans_lie_in_the_text_and_everything_else_is_kept(text, how, seed):
    made = disguise(text, how, seed)
    assert all(text[c.start : c.end] == c.word != c.spelling for c in made.changes)
    assert all(a.end <= b.start for a, b in pairwise(made.changes))
    spellings_and_end = [*(change.spelling for change in made.changes), ""]
    pieces = zip(untouched(text, made.changes), spellings_and_end, strict=True)
    woven = (re.escape(piece) for pair in pieces for piece in pair)
    assert re.fullmatch(" ?".join(woven), made.text)


@given(TEXTS, HOWS, SEEDS)
def test_one_to_three_words_are_hidden_always_alike(text, how, seed):
    made = disguise(text, how, seed)
    put = {change.word: change.spelling for change in made.changes}
    assert all(put[change.word] == change.spelling for change in made.changes)
    assert len(put) <= MOST
    assert bool(put) == (made.text != text)


def test_one_two_and_three_words_are_all_drawn():
    drawn = {len({c.word for c in disguise(ADVERT, "pinyin", s).changes}) for s in range(40)}
    assert drawn == {1, 2, 3}


def test_a_hidden_word_is_hidden_wherever_it_stands():
    made = disguise("逾期了怎么办?逾期找我!", "homophones")
    assert [change.start for change in made.changes] == [0, 7]
    assert "逾期" not in made.text


@given(TEXTS, HOWS, SEEDS)
def test_numbers_and_handles_neither_change_nor_grow(text, how, seed):
    made = disguise(text, how, seed)
    kept = Counter(run for piece in untouched(text, made.changes) for run in RUN.findall(piece))
    assert kept <= Counter(RUN.findall(made.text))
    in_characters = [found.span() for found in re.finditer(f"[{NUMERALS}]{{2,}}", text)]
    for c in made.changes:
        assert not re.search(r"\d", c.word)
        assert not any(start < c.end and c.start < end for start, end in in_characters)


@given(st.lists(st.sampled_from([*LINKS, "我们", *WORDS]), max_size=9), HOWS, SEEDS)
def test_links_stay_as_they_are(pieces, how, seed):
    text = " ".join(pieces)
    links = [piece for piece in pieces if piece in LINKS]
    made = disguise(text, how, seed).text
    assert [piece for piece in made.split(" ") if piece in LINKS] == links
