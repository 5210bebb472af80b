from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.ngrams import BUCKETS, buckets, run_of, strongest, weighed
from lianfang.text.stream import Stream

texts = st.lists(st.text(alphabet="征信修复abc 12。", max_size=12), min_size=1, max_size=5)


def table(columns=3):
    rng = np.random.default_rng(7)
    return rng.integers(-127, 128, (BUCKETS, columns)).astype(np.int8)


TABLE, SCALE = table(), np.array([0.5, 1.0, 2.0])


def runs(text):
    """All runs of one to three characters, the newlines at both ends among them."""
    read = "\n" + "".join("0" if char.isdigit() else char for char in text) + "\n"
    return [
        read[end - length : end]
        for end in range(2, len(read) + 1)
        for length in (1, 2, 3)
        if end - length >= 0
    ]


@given(texts)
def test_every_run_has_a_bucket_and_equal_runs_the_same(batch):
    stream = Stream.of(batch)
    found, first = buckets(stream.codes, stream.starts)
    seen = {}
    for number in range(len(batch)):
        mine = found[first[number] : first[number + 1]].tolist()
        read = stream.text[stream.starts[number] : stream.starts[number + 1] - 1]
        assert len(mine) == len(runs(read))
        for run, bucket in zip(runs(read), mine, strict=True):
            assert 0 <= bucket < BUCKETS
            assert seen.setdefault(run, bucket) == bucket


@given(texts)
def test_weights_are_sums_over_buckets(batch):
    stream = Stream.of(batch)
    found, first = buckets(stream.codes, stream.starts)
    weights = weighed(stream.codes, stream.starts, TABLE, SCALE)
    for number in range(len(batch)):
        mine = found[first[number] : first[number + 1]]
        expected = SCALE * TABLE[mine].astype(float).sum(axis=0) / np.sqrt(mine.size)
        assert weights[number] == pytest.approx(expected)


def test_digits_are_alike():
    one, two = (
        weighed(s.codes, s.starts, TABLE, SCALE) for s in map(Stream.of, (["收12元"], ["收98元"]))
    )
    assert (one == two).all()


@given(st.text(alphabet="征信修复a1。", min_size=1, max_size=9))
def test_the_strongest_runs_make_up_the_lead(text):
    stream = Stream.of([text])
    pair = TABLE[:, :2]
    one, other = np.array([0]), np.array([1])
    numbers, values = strongest(stream.codes, stream.starts, pair, SCALE[:2], one, other, 1000)
    told = [
        (run_of(stream.text, number), value)
        for number, value in zip(numbers[0].tolist(), values[0].tolist(), strict=True)
        if number >= 0
    ]
    weights = weighed(stream.codes, stream.starts, pair, SCALE[:2])[0]
    assert sum(value for _, value in told) == pytest.approx(weights[0] - weights[1])
    assert [abs(v) for _, v in told] == sorted((abs(v) for _, v in told), reverse=True)
    read = "⏎" + stream.text[:-1] + "⏎"
    assert all(run in read for run, _ in told)
