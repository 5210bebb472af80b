from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lianfang.text.stream import (
    HIDDEN_GAP,
    LONGEST_SEPARATOR,
    NO_GAP,
    SPACE_GAP,
    WEAK_GAP,
    Stream,
    normalise,
)
from lianfang.text.tables import CLASS

SPICE = [
    *"全额退保征信修复逾期臺灣體ＡｂＣ１２３ａb9一.,:;!?。！？；：“”\"'‘’『』",
    *" \t\n\r\x00\x85\u2028\u3000",
    *"*-_·・…~|/\\#^`&=+＋￥¥%㈱½①⑴㍿ﬁⅧ℡㊗🅰🇨❤️😀🏻👨\u200d\u200b\u200e\u202e\u2066\ufeff\xad\u0301",
    *"\ud800\udfff\ue000\ufffe\U0010ffff𠮷𝐀ßİς가",
]
wild = st.text(st.characters() | st.sampled_from(SPICE), max_size=60)


# -- what is read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Ｖｘ：１２３", "vx:123"),
        ("ABC", "abc"),
        ("٣५", "35"),
        ("徵信修復,臺灣體檢", "征信修复,台湾体检"),
        ("征\u200b信\u202e修\u2066复\ufeff", "征信修复"),
        ("征❤️信👨‍👩‍👧修🏻复", "征信修复"),
        ("征❤修复", "征修复"),
        ("全 额*退-保", "全额退保"),
        ("全·额…退_保", "全额退保"),
        ("全\u3000额\t退", "全额退"),
        ("全 ❤ 额", "全额"),
        ("é̂", "e"),
        ("①②③", "123"),
        ("㈱", "(株)"),
        ("➕🅅🆇", "+vx"),
        ("甲\r乙\u2028丙\x85丁", "甲\n乙\n丙\n丁"),
        ("一\x00二", "一二"),
        ("", ""),
    ],
)
def test_what_is_read(text, read):
    assert normalise(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-02 10:30",
        "a-b_c.d e",
        "加 v 信",
        "全 v 额",
        "1.5万",
        "-全额-",
        "征,信",
        "征。信",
        "征:信",
        "(全)额",
        "全----额",
        "全 * -额",
        "",
    ],
)
def test_what_stays(text):
    assert normalise(text) == text


@pytest.mark.parametrize("length", range(1, 7))
def test_only_a_short_run_of_separators_is_a_disguise(length):
    dropped = normalise("全" + "-" * length + "额") == "全额"
    assert dropped is (length <= LONGEST_SEPARATOR)


def test_a_half_is_not_twelve():
    assert normalise("½") != "12"


@pytest.mark.parametrize("text", ["\ud800", "征\udfff信"])
def test_lone_surrogates_are_read_as_nothing(text):
    assert normalise(text) == text.encode("utf-8", "ignore").decode()


@given(wild)
@example("全 ❤ 额")
@example("全-\ud800--额")
@example("½㈱ﬁ")
def test_normalising_twice_changes_nothing(text):
    once = normalise(text)
    assert normalise(once) == once


# -- the way back


@given(st.lists(wild, max_size=6))
def test_every_position_has_its_place_in_the_original(texts):
    stream = Stream.of(texts)
    for number, text in enumerate(texts):
        start, end = (int(at) for at in stream.starts[number : number + 2])
        places = [stream.original_span(number, at, at + 1) for at in range(start, end)]
        assert places[-1] == (len(text), len(text) + 1)  # the newline that ends each
        assert all(0 <= first < last <= len(text) for first, last in places[:-1])
        assert all(last - first == 1 for first, last in places)
        assert places == sorted(places)
        for at in range(start, end - 1):
            assert stream.original_span(number, at, end - 1) == (
                places[at - start][0],
                places[-2][1],
            )


@given(wild)
def test_what_is_read_at_a_place_is_read_from_what_stands_there(text):
    stream = Stream.of([text])
    for at, char in enumerate(stream.text[:-1]):
        first, last = stream.original_span(0, at, at + 1)
        assert char in normalise(text[first:last])


@pytest.mark.parametrize("char", ["㈱", "½", "①", "ﬁ", "㍿", "Ⅷ", "℡"])
def test_all_of_an_expansion_comes_from_its_character(char):
    text = f"甲{char}乙"
    stream = Stream.of([text, text])
    for number in (0, 1):
        start, end = (int(at) for at in stream.starts[number : number + 2])
        places = {stream.original_span(number, at, at + 1) for at in range(start + 1, end - 2)}
        assert places == {(1, 2)}
        assert stream.original_span(number, start, end - 1) == (0, 3)


def test_the_span_of_a_disguised_word_holds_what_was_put_between():
    stream = Stream.of(["前", "看:征❤️信 修*复!"])
    at = stream.text.index("征信修复")
    start, end = stream.original_span(1, at, at + 4)
    assert stream.texts[1][start:end] == "征❤️信 修*复"


# -- batches


@given(st.lists(wild, max_size=6))
def test_a_batch_is_its_texts_one_by_one(texts):
    batch, alone = Stream.of(texts), [Stream.of([text]) for text in texts]
    end = int(batch.starts[-1])
    assert batch.starts.size == len(texts) + 1
    for name in ("codes", "classes", "gap"):
        parts = [getattr(stream, name) for stream in alone]
        assert getattr(batch, name)[:end].tolist() == [c for part in parts for c in part.tolist()]
    origins = [stream.origin + base for stream, base in zip(alone, batch.raw_starts, strict=False)]
    assert batch.origin[:end].tolist() == [at for part in origins for at in part.tolist()]
    assert batch.text[:end] == "".join(stream.text for stream in alone)


@given(st.lists(wild, min_size=1, max_size=6))
def test_every_position_belongs_to_its_text(texts):
    stream = Stream.of(texts)
    owners = stream.text_of(np.arange(stream.codes.size))
    assert owners.tolist() == sorted(owners.tolist())
    for number, text in enumerate(texts):
        mine = stream.codes[owners == number].tobytes().decode("utf-32-le")
        assert mine == normalise(text) + "\n"


@given(wild)
def test_arrays_are_parallel(text):
    stream = Stream.of([text])
    assert len(stream.text) == stream.codes.size == stream.gap.size == stream.origin.size
    assert stream.classes.tolist() == CLASS[stream.codes].tolist()


def test_no_separator_is_dropped_across_two_texts():
    assert Stream.of(["全 ", " 额"]).text == "全 \n 额\n"


# -- gaps


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全额", NO_GAP),
        ("全 额", SPACE_GAP),
        ("全   额", SPACE_GAP),
        ("全\u3000额", SPACE_GAP),
        ("全*额", WEAK_GAP),
        ("全 *额", WEAK_GAP),
        ("全* 额", WEAK_GAP),
        ("全❤额", HIDDEN_GAP),
        ("全\u200b额", HIDDEN_GAP),
        ("全 ❤额", HIDDEN_GAP),
        ("全❤ 额", HIDDEN_GAP),
        ("全❤*额", HIDDEN_GAP),
    ],
)
def test_kinds_of_gap(text, kind):
    stream = Stream.of([text])
    assert stream.text == "全额\n"
    assert stream.gap.tolist() == [NO_GAP, kind, NO_GAP]


@given(wild)
def test_a_gap_stands_where_characters_are_missing(text):
    stream = Stream.of([text])
    steps = np.diff(stream.origin, prepend=-1)
    assert (stream.gap[steps > 1] != NO_GAP).all()
    if (steps == 1).all():
        assert not stream.gap.any()
