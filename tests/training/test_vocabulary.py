from __future__ import annotations

import numpy as np
import pytest

from lianfang.text.stream import Stream
from lianfang.training.vocabulary import Vocabulary

TEXTS = ["征信修复", "征信报告", "修复", "今天下雨", "甲乙丙丁"]


def test_runs_of_two_texts_are_known():
    stream = Stream.of(TEXTS)
    rows = Vocabulary.of(stream).rows(stream)
    # 征信: 征, ⏎征, 信, 征信, ⏎征信; 修复: 修, 复, 修复, 复⏎, 修复⏎; and ⏎ at the end of all
    assert rows.shape == (5, 11)
    assert (np.diff(rows.indptr) > 0).tolist() == [True] * 5
    assert (rows[3] != rows[4]).nnz == 0


def test_what_only_later_texts_have_is_passed_over():
    stream = Stream.of([*TEXTS, "甲乙丙丁"])
    assert Vocabulary.of(stream, 5).prior.size == Vocabulary.of(Stream.of(TEXTS)).prior.size


def test_a_run_counts_by_its_prior_and_the_length_of_its_text():
    stream = Stream.of(["征", "征"])
    vocabulary = Vocabulary.of(stream)
    row = vocabulary.rows(stream).toarray()[0]
    # 征, ⏎征, ⏎, 征⏎, ⏎征⏎
    assert row == pytest.approx(vocabulary.prior / np.sqrt(5))


def test_the_rarer_and_the_longer_a_run_the_more_it_counts():
    stream = Stream.of(["征信好吗", "征信", "征信不行", "不行"])
    vocabulary = Vocabulary.of(stream)
    assert np.mean(vocabulary.prior**2) == pytest.approx(1)
    rows = vocabulary.rows(stream)
    shared, rare = rows[1].toarray()[0] > 0, rows[3].toarray()[0] > 0
    assert vocabulary.prior[rare & ~shared].mean() > vocabulary.prior[shared & ~rare].mean()


def test_nothing_known_is_no_row_and_no_error():
    stream = Stream.of(["甲", "乙丙"])
    vocabulary = Vocabulary.of(Stream.of([]))
    assert vocabulary.rows(stream).shape == (2, 0)
