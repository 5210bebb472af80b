from __future__ import annotations

from functools import cache
from math import log
from pathlib import Path

import numpy as np
import pytest

from lianfang import Screener, Stance
from lianfang.guides.corpus import CLEAN, HITS, read_corpus
from lianfang.screening import learned
from lianfang.screening.firing import Firing
from lianfang.screening.judge import OFFENDS, STANCES, StrengthJudge
from lianfang.screening.learned import LearnedJudge
from lianfang.screening.passages import LONGEST_PASSAGE, LONGEST_WHOLE, passages_of
from lianfang.screening.weights import SHIPPED, load
from lianfang.text.stream import Stream


@cache
def screener():
    return Screener(model=SHIPPED)


@cache
def texts():
    root = screener().program.library.root
    files = [read_corpus(path) for name in (HITS, CLEAN) for path in sorted(root.glob(f"*/{name}"))]
    return [line.text for corpus in files for _, line in corpus.lines][::4]


@cache
def verdicts():
    return list(screener().screen(texts()))


def test_the_shipped_weights_know_the_shipped_guides():
    assert set(screener().program.guides) <= set(load().columns)


def test_stance_and_suspicion_agree():
    for verdict in verdicts():
        if verdict.suspect is not None:
            assert verdict.suspect is verdict.stance.offends
    assert {verdict.suspect for verdict in verdicts()} == {True, False, None}


def test_suspect_texts_name_an_activity():
    assert all(verdict.activities for verdict in verdicts() if verdict.suspect is not False)


def test_a_text_that_nobody_looks_at_has_a_stance_alone():
    [verdict] = screener().screen(["今天中午吃什么"])
    assert (verdict.suspect, verdict.activities, verdict.features) == (False, (), ())
    assert verdict.stance in {Stance.OTHER, Stance.SEEK}


def test_few_ordinary_texts_are_looked_at_closely():
    path = screener().program.library.root / "ordinary.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    everyday = [line.split('"text": "')[1].split('"')[0] for line in lines]
    near = screener()._judge.glance(Stream.of(everyday)).near
    assert near.mean() < 0.6


def test_the_score_is_the_sum_of_what_is_told(monkeypatch):
    monkeypatch.setattr(learned, "MOST_RUNS", 10**6)
    judge, weights = screener()._judge, load()
    for text in texts()[:40]:
        stream = Stream.of([text])
        firing = Firing(screener()._layout, stream)
        evidence = firing.evidence()
        judged = judge.judge(evidence, stream)
        score = float(judged.score[0])
        if not 0 < score < 1:
            continue
        told = sum(weight.value for weight in judge.explain(evidence, stream, [0])[0])
        [runs] = weights.runs.odds(stream, stream.starts[:-1], stream.starts[1:])
        odds = runs + judge._features[evidence.rules].sum(axis=0)
        stances = odds[judge._stances]
        best = int(np.where(OFFENDS, stances, -np.inf).argmax())
        other = int(np.where(OFFENDS, -np.inf, stances).argmax())
        bias = weights.runs.bias
        lead = bias[judge._stances[best]] - bias[judge._stances[other]] + bias[judge._offends]
        whole = told + weights.slope * lead + weights.shift
        assert whole == pytest.approx(log(score / (1 - score)), abs=0.3)
    assert len(STANCES) == len(OFFENDS)


def test_a_feature_that_the_weights_dont_know_says_nothing(make_library, tmp_path):
    program = Screener(make_library(tmp_path).root).program
    judge = LearnedJudge(program, load())
    assert not judge._features.any()
    assert (judge._activities == -1).all()
    [verdict] = Screener(tmp_path, judge=judge).screen(["黑户贷款加微信"])
    assert verdict.suspect is False


def test_the_shipped_guides_are_known_by_any_path(monkeypatch):
    root = screener().program.library.root
    monkeypatch.chdir(root.parent)
    assert isinstance(Screener(Path(root.name))._judge, LearnedJudge)


def test_strengths_are_told_with_their_sign():
    default = Screener(judge=StrengthJudge(Screener().program))
    [offer] = default.screen(["专业征❤修复,不成功不收费,加薇 abc12345"])
    [warning] = default.screen(["银行提醒:声称“征信修复,不成功不收费”的都是骗局,请勿相信"])
    stances = {hit.id: hit.stance for v in (offer, warning) for hit in v.features}
    for weight in (*offer.weights, *warning.weights):
        assert (weight.value > 0) is stances[weight.what].offends
    assert sum(w.value for w in offer.weights) > 0 > sum(w.value for w in warning.weights)


def test_a_glance_decides_who_sees_the_guides():
    near = screener()._judge.glance(Stream.of(texts())).near
    assert 0.5 < near.mean() < 1
    for looked_at, verdict in zip(near.tolist(), verdicts(), strict=True):
        if not looked_at:
            assert (verdict.suspect, verdict.features) == (False, ())


def test_what_isnt_read_couldnt_change_the_verdict():
    """Texts that are passed over for want of what may still speak for them are clear either way."""

    class Thorough(LearnedJudge):
        def concerned(self, evidence, stream):
            return np.ones(evidence.size, dtype=bool)

    thorough = Screener(judge=Thorough(screener().program, load()))
    passed_over = 0
    for verdict, whole in zip(verdicts(), thorough.screen(texts()), strict=True):
        assert verdict.suspect is whole.suspect
        assert [a.id for a in verdict.activities] == [a.id for a in whole.activities]
        if verdict.features:
            assert verdict.score == whole.score
        passed_over += verdict.features != whole.features
    assert passed_over < 0.2 * len(texts())


# -- long texts


OFFER = "专业征信修复,逾期记录铲单,不成功不收费,加薇 abc12345"
PLAIN = "今天我们去公园看了菊花展,天气很好,孩子们玩得很开心。"


def test_a_text_is_cut_where_sentences_end():
    lengths = [0, 5, LONGEST_WHOLE - 1, LONGEST_WHOLE, 1000]
    stream = Stream.of(["甲" * length for length in lengths] + [PLAIN * 40])
    passages = passages_of(stream)
    assert passages.held[:3].tolist() == [1, 1, 1]
    assert (passages.row >= 0).tolist() == (passages.held == 1).tolist()
    assert (np.diff(passages.first) <= LONGEST_WHOLE).all()
    assert passages.first[0] == 0
    assert passages.first[-1] == stream.codes.size
    for text in (3, 4, 5):
        mine = passages.first[np.flatnonzero(passages.text == text)]
        assert mine.size >= passages.held[text] > 1
        assert (np.diff(mine) <= LONGEST_PASSAGE).all()
    for start in passages.first[:-1][passages.text == 5]:
        assert start == stream.starts[5] or stream.text[start - 1] == "。"


def test_lines_end_passages_and_what_says_nothing_doesnt_count():
    stream = Stream.of(["甲乙丙丁戊己庚\n" * 60 + "\n" * 600 + "。" * 600])
    passages = passages_of(stream)
    assert passages.held.tolist() == [60]
    assert passages.said.sum() == 60
    assert passages.said.size > 120


def test_an_offer_in_a_long_text_is_seen_and_told():
    long = PLAIN * 12 + OFFER + "。" + PLAIN * 12
    plain, found = screener().screen([PLAIN * 24, long])
    assert (plain.suspect, found.suspect) == (False, True)
    assert any(weight.what in OFFER for weight in found.weights if weight.value > 0)


def test_the_more_passages_the_surer_one_must_be():
    def score(times):
        [verdict] = screener().screen([PLAIN * times + OFFER + "。" + PLAIN * times])
        return verdict.score

    assert score(8) > score(100) > score(2000)
