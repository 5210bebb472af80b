"""A verdict of the text as it was written, told of the text with tokens."""

from __future__ import annotations

import json
import re
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.guides.library import Library
from lianfang.privacy.tokens import personal, tokenise
from lianfang.screening import Screener
from lianfang.web.intake.screening import fold, storable, told

SCREENER = Screener()
TOKEN = re.compile(r"⟦[a-z-]+:\d+⟧")
BRACKETS = str.maketrans("⟦⟧", "〚〛")
NUMBERS = (
    "13812345678",
    "138-1234-5678",
    "1３8①2345六七捌",
    "微信：abc12345",
    "QQ 912345678",
    "a_b@mail.example.com",
    "6222021234567890128",
    "⟦phone:1⟧",
    "欧阳文静",
)
BESIDE = [("name", "欧阳文静"), ("phone", "13812345678")]


def lines():
    """Examples of every feature of every guide, and of what they teach."""
    library = Library()
    for _, feature, _, _ in library.features():
        yield from (*feature.hit, *feature.clean)
    for path in sorted(library.root.glob("*/hits.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines()[:40]:
            yield json.loads(line)["text"]


LINES = sorted(set(lines()))
numbered = st.builds(
    lambda line, number, at: f"{line[:at]}{number}{line[at:]}",
    st.sampled_from(LINES),
    st.sampled_from(NUMBERS),
    st.integers(0, 60),
)
ends = st.sampled_from(["", "\n", "🔥", "\0", "\ud800"])
texts = st.builds(
    lambda pieces, end: "".join([*pieces, end]), st.lists(numbered, min_size=1, max_size=3), ends
)


def screened(written):
    """A text as it's kept, its values, its verdict, and both as they're told."""
    text = storable(written)
    (verdict,) = SCREENER.screen_rows([(1, written)])
    values, kept, numbers = personal(text, BESIDE), {}, count(7)
    token, said = told(verdict, text, values, lambda one: kept.setdefault(one[2:4], next(numbers)))
    return text, values, verdict, token.text, said


def bare(text, values, start, end):
    """What of a span stands outside of every value."""
    hidden = {place for one in values for place in range(one.start, one.end)}
    return "".join(text[at] for at in range(start, end) if at not in hidden).translate(BRACKETS)


def marks(features, rewritings, decided_by):
    yield from (span for hit in features for span in hit)
    yield from rewritings
    yield from filter(None, [decided_by])


@given(texts)
def test_spans_are_of_the_same_words(written):
    text, values, verdict, shown, said = screened(written)
    if "features" not in said:
        assert not verdict.features
        return
    before = marks((hit.spans for hit in verdict.features), verdict.rewritings, verdict.decided_by)
    after = marks(
        (hit["spans"] for hit in said["features"]), said["rewritings"], said["decided_by"]
    )
    for one, mark in zip(before, after, strict=True):
        start, end = mark["start"], mark["end"]
        assert shown[start:end] == mark["text"] != ""
        assert TOKEN.sub("", mark["text"]) == bare(text, values, one.start, one.end)
        assert TOKEN.sub("", shown[:start]) == bare(text, values, 0, one.start)
    for one, turn in zip(verdict.turns, said["turns"], strict=True):
        piece = shown[turn["start"] : turn["end"]]
        assert TOKEN.sub("", piece) == bare(text, values, one.start, one.end)


@given(texts)
def test_nothing_told_holds_a_value_or_what_no_database_takes(written):
    text, values, _, shown, said = screened(written)
    outside = bare(text, values, 0, len(text))  # in front of other digits it's no phone number
    as_json = json.dumps(said, ensure_ascii=False)
    as_json.encode()
    assert "\\u0000" not in as_json
    assert "\0" not in shown
    for form in {form for one in values for form in one[3:]}:
        if form not in outside:
            assert form not in shown
            assert form not in as_json


def test_examples_tell_something():
    told_of = [said for line in LINES[::20] for said in [screened(line)[4]] if "features" in said]
    assert len(told_of) > len(LINES[::20]) / 2
    assert any(said["rewritings"] for said in told_of)
    assert any(said["decided_by"] for said in told_of)


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "\0\udfff\0", "好\0", "\n\t", ""])
def test_storable_is_as_long_and_can_be_stored(text):
    made = storable(text)
    assert len(made) == len(text)
    assert "\0" not in made
    made.encode()


def folded(text, first=1):
    kept, numbers = {}, count(first)
    values = personal(text, BESIDE)
    token = tokenise(text, values, lambda one: kept.setdefault(one[2:4], next(numbers)))
    return fold(token.text)


mobiles = st.builds("13{:09d}".format, st.integers(0, 999_999_999))
decorations = st.text(alphabet="🔥❗✅💰…！，。、 ~*_-\n👇", max_size=4)


@given(st.sampled_from(LINES), mobiles, mobiles, decorations, st.integers(1, 9999))
def test_fold_of_what_differs_by_values_and_decoration(line, one, other, decoration, number):
    first = folded(f"{line}，加微信{one}，{number}元")
    assert first == folded(f"{decoration}{line}，加微信{other}，{number + 1}元{decoration}", 900)


HAN = st.text(alphabet="征信修复逾期协商保费全额退公园散步天气真好", min_size=1, max_size=12)


@given(HAN, HAN)
def test_fold_of_other_words_is_another(one, other):
    assert (folded(one) == folded(other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("加微信13812345678", "加微信a_b@mail.example.com"),
        ("专业征信修复", "专业征信修复，先办后付"),
        ("我叫欧阳文静", "我叫"),
    ],
)
def test_fold_tells_apart(one, other):
    assert folded(one) != folded(other)
