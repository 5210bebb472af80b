from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.text.scan import Scanner
from lianfang.text.stream import Stream, normalise

LETTERS = "甲乙丙ab1"
SMALL_STREAM = 4_000
FILLER = "文" * SMALL_STREAM
sizes = pytest.mark.parametrize("more", [[], [FILLER]], ids=["small", "large"])

texts = st.lists(st.text(alphabet=LETTERS + "。 ", max_size=40).map(normalise), max_size=6)
words = st.text(alphabet=LETTERS, min_size=1, max_size=12)
patterns = st.lists(words | words.map(lambda word: word[:2]), min_size=1, max_size=12, unique=True)
cut_from = st.tuples(st.integers(0, 39), st.integers(1, 12))


@st.composite
def hits_likely(draw):
    """Texts, and patterns of which many are cut out of them."""
    batch = draw(texts)
    cuts = [
        text[at : at + length].strip()
        for text, (at, length) in zip(batch, draw(st.lists(cut_from, max_size=6)), strict=False)
    ]
    return batch, sorted({*draw(patterns), *(cut for cut in cuts if cut)})


def rows(matches):
    found = list(
        zip(matches.start.tolist(), matches.end.tolist(), matches.pattern.tolist(), strict=True)
    )
    assert len(found) == len(set(found))
    return set(found)


def naive(text, patterns):
    """Every occurrence, overlapping ones too, by str.find."""
    found = set()
    for number, pattern in enumerate(patterns):
        at = text.find(pattern)
        while at >= 0:
            found.add((at, at + len(pattern), number))
            at = text.find(pattern, at + 1)
    return found


def scanned(patterns, texts, more=()):
    """What `scan` finds in the texts, as (text, word)."""
    stream = Stream.of([*texts, *more])
    assert (stream.codes.size < SMALL_STREAM) is (not more)
    matches = Scanner(patterns).scan(stream)
    owners = stream.text_of(matches.start).tolist()
    return sorted(zip(owners, (patterns[i] for i in matches.pattern.tolist()), strict=True))


# -- against an oracle


@given(hits_likely())
@settings(max_examples=200, deadline=None)
def test_the_scan_finds_what_a_naive_search_finds(drawn):
    batch, terms = drawn
    stream, scanner = Stream.of(batch), Scanner(terms)
    expected = naive(stream.text, terms)
    assert rows(scanner.raw(stream)) == expected


@given(hits_likely())
@settings(max_examples=50, deadline=None)
def test_a_large_stream_gives_what_a_small_one_gives(drawn):
    batch, terms = drawn
    scanner = Scanner(terms)
    small, large = Stream.of(batch), Stream.of([*batch, FILLER])
    assert small.codes.size < SMALL_STREAM <= large.codes.size
    assert rows(scanner.scan(small)) == rows(scanner.scan(large))


@given(st.text(alphabet="ab1甲 .", max_size=40), st.sampled_from(["a", "ab", "b1", "aba"]))
@settings(deadline=None)
def test_latin_terms_match_whole_words_only(text, term):
    stream = Stream.of([text])
    read = f".{stream.text}"
    expected = {
        (at, end, 0)
        for at, end, _ in naive(stream.text, [term])
        if read[at] not in "ab1" and stream.text[end] not in "ab1"
    }
    assert rows(Scanner([term]).scan(stream)) == expected


def test_one_scanner_serves_batches_of_any_size():
    scanner = Scanner(["退保", "全额退保", "额"])
    for length in (1, 3 * SMALL_STREAM, 2, 2 * SMALL_STREAM, 9 * SMALL_STREAM):
        stream = Stream.of(["全额退保" * length])
        starts = sorted(scanner.scan(stream).start.tolist())
        per_word = [0, 1, 2]
        assert starts == [4 * word + at for word in range(length) for at in per_word]


@pytest.mark.parametrize("length", range(1, 13))
@sizes
def test_a_term_of_each_length_at_both_ends_of_a_text(length, more):
    term = "一二三四五六七八九十百千"[:length]
    assert scanned([term], [term, f"文{term}", f"{term}文", term[:-1]], more) == [
        (0, term), (1, term), (2, term),
    ]  # fmt: skip


@sizes
def test_overlapping_matches_are_all_found(more):
    terms = ["全额", "额退", "全额退保", "退保", "保"]
    assert scanned(terms, ["全额退保"], more) == sorted((0, term) for term in terms)
    assert scanned(["甲甲"], ["甲甲甲甲"], more) == [(0, "甲甲")] * 3


def test_a_batch_of_nothing():
    assert rows(Scanner(["甲", "甲乙"]).scan(Stream.of([]))) == set()
    assert rows(Scanner(["甲", "甲乙"]).scan(Stream.of(["", ""]))) == set()
    assert rows(Scanner(["甲", "甲乙"]).raw(Stream.of([""]))) == set()


# -- words


@sizes
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("happy", False),
        ("app2", False),
        ("2app", False),
        ("wapp", False),
        ("app", True),
        ("我的app很好", True),
        ("下载 APP!", True),
        ("app-store", True),
        ("一个ａｐｐ", True),
        ("aрp", False),  # the middle letter is Cyrillic
    ],
)
def test_a_latin_term_is_a_whole_word(text, found, more):
    assert scanned(["app"], [text], more) == ([(0, "app")] if found else [])


@sizes
@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("+v", "加+vx", True),  # begins with a sign: no word
        ("+v", "a+v", True),
        ("v信", "加wv信号", True),
        ("12378", "拨打12378。", True),
        ("12378", "0123781", False),
        ("k", "2k", False),
        ("k", "k歌", True),
    ],
)
def test_ends_of_mixed_terms(term, text, found, more):
    assert scanned([term], [text], more) == ([(0, term)] if found else [])


@sizes
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全额退保", True),
        ("全 额 退 保", True),
        ("全额 退保", True),
        ("全 额退 保", False),
        ("全 额退保", False),
        ("全额退 保", False),
        ("全*额退保", True),
        ("全❤额退-保", True),
        ("全额\n退保", False),
    ],
)
def test_spaces_inside_a_word(text, found, more):
    assert scanned(["全额退保"], [text], more) == ([(0, "全额退保")] if found else [])


@sizes
def test_two_characters_apart_are_two_words(more):
    assert scanned(["退还"], ["退 还", "退还", "退*还"], more) == [(1, "退还"), (2, "退还")]


# -- texts


@sizes
def test_no_match_across_two_texts(more):
    terms = ["全额退保", "额退", "ab"]
    assert scanned(terms, ["全额", "退保", "全额", "退保a", "b"], more) == []


@given(st.lists(st.text(alphabet=LETTERS, max_size=8), min_size=2, max_size=8), patterns)
@settings(deadline=None)
def test_a_match_lies_in_one_text(batch, terms):
    stream = Stream.of(batch)
    matches = Scanner(terms).raw(stream)
    bounds = list(pairwise(stream.starts.tolist()))
    for start, end, _ in rows(matches):
        assert any(first <= start < end < after for first, after in bounds)
