from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.stream import Stream
from lianfang.text.units import LONGEST_QUOTE, Units, quotes

KINDS = ("sentence", "turn", "text")
batches = st.lists(
    st.text(alphabet='甲乙a。!;,:\n“”‘’「」" ', max_size=30) | st.text(max_size=10), max_size=5
)


def cut(text, kind="sentence"):
    """The units of one text, without the newline that the stream adds."""
    stream = Stream.of([text])
    units = Units(stream)
    pieces = [stream.text[slice(*units.span(kind, i))] for i in range(units.ends[kind].size)]
    assert "".join(pieces) == stream.text
    return [*pieces[:-1], pieces[-1].removesuffix("\n")]


def clauses(text):
    stream = Stream.of([text])
    ends = Units(stream).clause_ends
    owners = np.searchsorted(ends, np.arange(stream.codes.size - 1)).tolist()
    pieces = [""] * (owners[-1] + 1)
    for owner, char in zip(owners, stream.text, strict=False):
        pieces[owner] += char
    return pieces


def quoted(*texts):
    stream = Stream.of(texts)
    found = quotes(stream)
    return [
        stream.text[first : last + 1]
        for first, last in zip(found.opens.tolist(), found.closes.tolist(), strict=True)
    ]


# -- sentences, turns, clauses


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。乙", ["甲。", "乙"]),
        ("甲!乙?丙；丁｡戊", ["甲!", "乙?", "丙;", "丁。", "戊"]),
        ("甲,乙、丙:丁", ["甲,乙、丙:丁"]),
        ("1.5万", ["1.5万"]),
        ("甲\n乙", ["甲\n", "乙"]),
        ("甲\n\n乙", ["甲\n", "\n", "乙"]),
        ("他说“好。行!”走。完", ["他说“好。行!”走。", "完"]),
        ('声称"甲。乙。"的是骗局', ['声称"甲。乙。"的是骗局']),
        ("「甲。」乙。『丙。』", ["「甲。」乙。", "『丙。』"]),
        ("“甲\n乙。丙”丁", ["“甲\n", "乙。丙”丁"]),
        ("《甲。乙》", ["《甲。", "乙》"]),
        ("", [""]),
    ],
)
def test_sentences(text, sentences):
    assert cut(text) == [piece.replace("｡", "。") for piece in sentences]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲“乙。丙", ["甲“乙。", "丙"]),
        ("甲”乙。丙", ["甲”乙。", "丙"]),
        ("甲”乙“丙。丁", ["甲”乙“丙。", "丁"]),
        ("“甲。“乙。”丙。丁", ["“甲。“乙。”丙。", "丁"]),
        ("“甲。”乙。”丙。丁", ["“甲。”乙。", "”丙。", "丁"]),
        ('"甲。"乙。"丙。丁', ['"甲。"乙。', '"丙。', "丁"]),
    ],
)
def test_unbalanced_marks_quote_nothing_more(text, sentences):
    assert cut(text) == sentences


def test_marks_inside_a_quotation_dont_end_it():
    assert quoted("所谓“甲‘乙。’丙。丁”戊") == ["“甲‘乙。’丙。丁”"]
    assert cut("所谓“甲‘乙。’丙。丁”戊。己") == ["所谓“甲‘乙。’丙。丁”戊。", "己"]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("甲。乙", ["甲。乙"]),
        ("甲:在吗\n乙:在。", ["甲:在吗\n", "乙:在。"]),
        ("“甲\n乙”", ["“甲\n", "乙”"]),
        ("甲\u2028乙\r丙", ["甲\n", "乙\n", "丙"]),
        ("甲\n", ["甲\n", ""]),
    ],
)
def test_turns(text, turns):
    assert cut(text, "turn") == turns


def test_a_text_is_one_unit():
    assert cut("甲。乙\n丙“丁", "text") == ["甲。乙\n丙“丁"]


def test_clauses():
    assert clauses("甲,乙、丙:丁。戊(己)庚") == ["甲,", "乙、", "丙:", "丁。", "戊(", "己)", "庚"]
    assert clauses("“甲,乙”丙") == ["“甲,", "乙”丙"]


# -- quotations


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["“甲”乙‘丙’"], ["“甲”", "‘丙’"]),
        (['甲"乙"丙"丁"'], ['"乙"', '"丁"']),
        (["「甲」『乙』"], ["「甲」", "『乙』"]),
        (["“甲“乙”丙"], ["“甲“乙”"]),
        (["“甲", "乙”"], []),
        (["“甲", "“乙”"], ["“乙”"]),
        (["甲”乙“丙"], []),
        (["甲'乙'丙"], []),
        ([], []),
    ],
)
def test_quotations(texts, found):
    assert quoted(*texts) == found


@pytest.mark.parametrize(("length", "held"), [(LONGEST_QUOTE - 1, True), (LONGEST_QUOTE, False)])
def test_marks_too_far_apart_are_a_slip(length, held):
    text = "“" + "甲" * length + "”"
    assert quoted(text) == ([text] if held else [])


def test_after_a_slip_the_next_mark_opens():
    assert quoted("“" + "甲" * LONGEST_QUOTE + "“乙”") == ["“乙”"]
    assert quoted('"' + "甲" * LONGEST_QUOTE + '"乙"') == ['"乙"']


def test_what_is_inside():
    stream = Stream.of(["甲“乙”丙", "丁“戊"])
    found = quotes(stream)
    [(first, last)] = zip(found.opens.tolist(), found.closes.tolist(), strict=True)
    assert stream.text[first + 1 : last] == "乙"


@given(batches)
def test_quotations_lie_apart_each_in_one_text(texts):
    stream = Stream.of(texts)
    found = quotes(stream)
    ends = [end for pair in zip(found.opens, found.closes, strict=True) for end in pair]
    assert ends == sorted(set(ends))
    assert (found.closes - found.opens <= LONGEST_QUOTE).all()
    assert stream.text_of(found.opens).tolist() == stream.text_of(found.closes).tolist()


# -- all units


@given(batches)
def test_units_partition_the_stream(texts):
    stream = Stream.of(texts)
    units = Units(stream)
    for kind in KINDS[:2] if not texts else KINDS:
        spans = [units.span(kind, unit) for unit in range(units.ends[kind].size)]
        assert [at for span in spans for at in range(*span)] == list(range(stream.codes.size))
        assert all(first < last for first, last in spans)
        owners = [unit for unit, span in enumerate(spans) for _ in range(*span)]
        assert units.of(kind, np.arange(stream.codes.size)).tolist() == owners


@given(batches.filter(bool))
def test_a_unit_lies_in_one_text(texts):
    stream = Stream.of(texts)
    units = Units(stream)
    assert units.ends["text"].size == len(texts)
    for kind in KINDS:
        numbers = np.arange(units.ends[kind].size)
        owners = stream.text_of(units.ends[kind]).tolist()
        for unit, owner in zip(numbers.tolist(), owners, strict=True):
            first, last = units.span(kind, unit)
            assert stream.starts[owner] <= first < last <= stream.starts[owner + 1]


@given(batches.filter(bool))
def test_units_of_a_batch_are_those_of_its_texts(texts):
    stream = Stream.of(texts)
    units = Units(stream)
    for kind in KINDS:
        pieces = [stream.text[slice(*units.span(kind, i))] for i in range(units.ends[kind].size)]
        alone = [piece for text in texts for piece in with_end(cut(text, kind))]
        assert pieces == alone


def with_end(pieces):
    return [*pieces[:-1], pieces[-1] + "\n"]
