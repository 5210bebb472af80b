from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.text.ngrams import (
    BUCKETS,
    NUMBER_BITS,
    distinct,
    owned,
    owners_of,
    runs_in,
)
from lianfang.text.runs import Runs
from lianfang.text.stream import Stream
from lianfang.text.strongest import Sides, run_of
from lianfang.text.weighing import FEW, packed

texts = st.lists(
    st.text(alphabet="征信修复abc 12。", max_size=12) | st.just("修" * 900), min_size=1, max_size=5
)
COLUMNS = 11
SEEN = ("征信修复了", "信修征复", "abc 征", "00修a", "。b。", "修修修修")


def runs(text):
    """All runs of one to three characters, the newlines at both ends among them."""
    read = "\n" + "".join("0" if char.isdigit() else char for char in text) + "\n"
    return [
        read[end - length : end]
        for end in range(2, len(read) + 1)
        for length in (1, 2, 3)
        if end - length >= 0
    ]


def read_by(stream, number):
    return runs(stream.text[stream.starts[number] : stream.starts[number + 1] - 1])


def table():
    """Weights of the runs of some texts, and each of these runs' row."""
    stream = Stream.of(SEEN)
    mixed, _ = distinct(stream.codes, stream.starts)
    buckets, marks = owned(np.unique(mixed))
    assert np.unique(buckets).size == buckets.size
    rng = np.random.default_rng(7)
    rows = rng.integers(-127, 128, (buckets.size, COLUMNS)).astype(np.int8)
    rows[:, 3], rows[:, 4] = -128, 127
    order = np.argsort(buckets)
    scale, bias = np.linspace(0.5, 2.0, COLUMNS), np.linspace(-1.0, 1.0, COLUMNS)
    made = Runs(buckets[order], marks[order], packed(rows), scale, bias)
    number, first, _ = runs_in(stream.codes, stream.starts, owners_of(made.buckets, made.marks))
    names = [run for at in range(len(SEEN)) for run in read_by(stream, at)]
    assert len(names) == number.size == first[-1]
    return made, dict(zip(names, number.tolist(), strict=True))


TABLE, ROW = table()


def odds(stream):
    return TABLE.odds(stream, stream.starts[:-1], stream.starts[1:])


@given(texts)
def test_a_run_is_known_by_its_mark_and_others_are_not(batch):
    stream = Stream.of(batch)
    number, first, sizes = runs_in(
        stream.codes, stream.starts, owners_of(TABLE.buckets, TABLE.marks)
    )
    for at in range(len(batch)):
        mine = number[first[at] : first[at + 1]].tolist()
        assert mine == [ROW[run] for run in read_by(stream, at) if run in ROW]
        assert sizes[at] == len(read_by(stream, at))


@given(texts)
def test_weights_are_sums_over_known_runs(batch):
    stream = Stream.of(batch)
    for at, found in enumerate(odds(stream)):
        every = read_by(stream, at)
        mine = [ROW[run] for run in every if run in ROW]
        steps = TABLE.table[mine].astype(float).sum(axis=0)
        assert found == pytest.approx(TABLE.scale * steps / np.sqrt(len(every)) + TABLE.bias)


@given(texts)
def test_some_columns_weigh_what_they_weigh_among_all(batch):
    stream = Stream.of(batch)
    some = [9, 0, 4]
    found = TABLE.only(some).odds(stream, stream.starts[:-1], stream.starts[1:])
    assert found == pytest.approx(odds(stream)[:, some])


def test_more_columns_than_are_few_are_refused():
    with pytest.raises(ValueError, match="broadcast"):
        TABLE.only(list(range(FEW + 1)))


def test_digits_are_alike():
    one, two = odds(Stream.of(["征12信"])), odds(Stream.of(["征98信"]))
    assert (one == two).all()


def test_a_bucket_without_an_owner_holds_nothing():
    nobody = np.zeros(BUCKETS, np.uint32)
    stream = Stream.of(["征信修复"])
    number, first, sizes = runs_in(stream.codes, stream.starts, nobody)
    assert (number.size, first.tolist(), sizes.tolist()) == (0, [0, 0], [14])


def test_as_many_runs_can_be_numbered_as_there_are_buckets():
    assert BUCKETS < 1 << NUMBER_BITS


@given(texts)
def test_each_run_of_a_text_is_told_once(batch):
    stream = Stream.of(batch)
    mixed, lengths = distinct(stream.codes, stream.starts)
    told = [len(set(read_by(stream, at))) for at in range(len(batch))]
    assert mixed.size == lengths.size == sum(told)
    assert sorted(lengths.tolist()) == sorted(
        len(run) for at in range(len(batch)) for run in set(read_by(stream, at))
    )


@given(st.text(alphabet="征信修复a1。", min_size=1, max_size=9))
def test_the_strongest_runs_make_up_the_lead(text):
    stream = Stream.of(["复", text])
    first, last = stream.starts[1:2], stream.starts[2:3]
    sides = Sides(np.array([0]), np.array([1]), 2)
    found = TABLE.strongest(stream, (first, last), sides, 1000)
    rows = zip(found.begin[0], found.end[0], found.weight[0], strict=True)
    told = [
        (run_of(stream.text, first[0], begin, end), value) for begin, end, value in rows if end >= 0
    ]
    weights = (odds(stream) - TABLE.bias)[1]
    assert sum(value for _, value in told) == pytest.approx(weights[0] - weights[1] + weights[2])
    assert [abs(v) for _, v in told] == sorted((abs(v) for _, v in told), reverse=True)
    read = "⏎" + stream.text[first[0] : last[0] - 1] + "⏎"
    assert all(run in read for run, _ in told)
    assert len({run for run, _ in told}) == len(told)
