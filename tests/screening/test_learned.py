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
from lianfang.screening.learned import GuidedJudge, LearnedJudge
from lianfang.screening.weights import SHIPPED, load
from lianfang.text.ngrams import weighed
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
        firing = Firing(screener()._layout, stream, judge.concerned)
        evidence = firing.evidence()
        judged = judge.judge(evidence, stream)
        score = float(judged.score[0])
        if not 0 < score < 1:
            continue
        told = sum(
            weight.value for weight in judge.explain(stream, [0], [evidence.rules.tolist()])[0]
        )
        [runs] = weighed(stream.codes, stream.starts, weights.table, weights.scale)
        odds = runs + weights.bias + judge._features[evidence.rules].sum(axis=0)
        stances = odds[judge._stances]
        best = int(np.where(OFFENDS, stances, -np.inf).argmax())
        other = int(np.where(OFFENDS, -np.inf, stances).argmax())
        bias = weights.bias[judge._stances]
        whole = told + weights.slope * (bias[best] - bias[other]) + weights.shift
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
    assert isinstance(Screener(Path(root.name))._judge, GuidedJudge)


def test_strengths_are_told_with_their_sign():
    default = Screener(judge=StrengthJudge(Screener().program))
    [offer] = default.screen(["专业征❤修复,不成功不收费,加薇 abc12345"])
    [warning] = default.screen(["银行提醒:声称“征信修复,不成功不收费”的都是骗局,请勿相信"])
    stances = {hit.id: hit.stance for v in (offer, warning) for hit in v.features}
    for weight in (*offer.weights, *warning.weights):
        assert (weight.value > 0) is stances[weight.what].offends
    assert sum(w.value for w in offer.weights) > 0 > sum(w.value for w in warning.weights)


def test_a_glance_decides_who_sees_the_guides():
    default = Screener()
    assert isinstance(default._judge, GuidedJudge)
    by_strength = Screener(judge=StrengthJudge(default.program))
    near = default._judge.glance(Stream.of(texts())).near
    assert 0.5 < near.mean() < 1
    pairs = zip(near.tolist(), default.screen(texts()), by_strength.screen(texts()), strict=True)
    for looked_at, verdict, strict in pairs:
        if looked_at:
            assert set(verdict.features) <= set(strict.features) or not strict.features
            assert not verdict.suspect or verdict.features
        else:
            assert (verdict.suspect, verdict.features) == (False, ())
