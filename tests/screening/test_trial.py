from __future__ import annotations

import pytest

from lianfang.errors import GuideError, NotFoundError
from lianfang.guides.library import Library
from lianfang.screening import Screener
from lianfang.screening.examples import examples
from lianfang.screening.measured import Share
from lianfang.screening.trial import trial


def line(text, stance="offer", activities=("loan-scam",)):
    return {"text": text, "stance": stance, "activities": list(activities)}


def told(found):
    return [str(failure) for failure in found.failures]


def test_a_right_library(make_library, tmp_path):
    found = trial(make_library(tmp_path))
    assert told(found) == []
    [row] = found.measured
    assert row.guide == "loan-scam"
    assert (row.recall, row.false_alarms) == (Share(60, 60), Share(0, 120))
    assert (row.precision, row.unsure, row.stance) == (
        Share(60, 60),
        Share(0, 180),
        Share(180, 180),
    )
    assert found.silent == ()
    # Every hit of the made-up corpus is both.
    assert [together.features for together in found.together] == [
        ("loan-scam/names-loan", "loan-scam/offers-loan")
    ]
    assert found.together[0].texts == 60


def test_a_screener_serves_as_well_as_its_library(make_library, tmp_path):
    library = make_library(tmp_path)
    assert trial(Screener(tmp_path)) == trial(library)


def test_examples_that_fail_are_told_with_their_lines(make_library, tmp_path):
    feature = make_library.feature(hit=["黑户贷款", "无关"], clean=["今天下雨", "秒下款"])
    make_library(tmp_path, guide={"features": [feature]}, clean=[], hits=[])
    found = trial(Library(tmp_path))
    text = (tmp_path / "loan-scam" / "guide.yaml").read_text(encoding="utf-8").splitlines()
    for failure, want in zip(found.failures, ["无关", "秒下款"], strict=True):
        path, _, number = failure.example.where.rpartition(":")
        assert path == str(tmp_path / "loan-scam" / "guide.yaml")
        assert text[int(number) - 1].strip() == f"- {want}"
    assert [t.split(": ")[1] for t in told(found)] == [
        "loan-scam/names-loan doesn't fire on its hit '无关'",
        "loan-scam/names-loan fires on its clean example '秒下款'",
    ]


def test_an_example_is_tried_on_its_own_feature_alone(make_library, tmp_path):
    """A stance feature fires though the text is about no activity."""
    feature = make_library.feature(id="asks", when="靠谱吗", stance="seek", hit=["这个靠谱吗"])
    shared = {"features": [feature]}
    library = make_library(tmp_path, shared=shared, guide={"shared": ["asks"]})
    assert told(trial(library)) == []


def test_unless_is_applied_to_examples(make_library, tmp_path):
    feature = make_library.feature(unless=["negated"], hit=["不办黑户贷款"], clean=["别信秒下款"])
    found = trial(make_library(tmp_path, guide={"features": [feature]}))
    assert len(found.failures) == 1
    assert found.failures[0].example.must_fire


def test_numbers_of_a_mixed_corpus(make_library, tmp_path):
    hits = [line("办黑户贷款,加微信"), line("随便聊聊"), line("天气不错")]
    clean = [
        line("办秒下款,私信我", "other", []),
        line("下雨了", "other", []),
        line("早上好", "warn", []),
        line("晚上好", "other", []),
    ]
    [row] = trial(make_library(tmp_path, hits=hits, clean=clean)).measured
    assert (row.recall, row.false_alarms) == (Share(1, 3), Share(1, 4))
    assert (row.precision, row.stance) == (Share(1, 2), Share(3, 7))
    assert row.unsure == Share(0, 7)


def test_silent_features(make_library, tmp_path):
    features = [make_library.feature(), make_library.feature(id="rare", when="从不出现")]
    found = trial(make_library(tmp_path, guide={"features": features}))
    assert found.silent == ("loan-scam/rare",)


def test_without_corpora_nothing_is_measured_and_nothing_is_silent(make_library, tmp_path):
    library = make_library(tmp_path)
    for name in ("hits.jsonl", "clean.jsonl"):
        (tmp_path / "loan-scam" / name).unlink()
    found = trial(library)
    assert (found.silent, found.together) == ((), ())
    assert found.measured[0].recall.value is None
    assert found.measured[0].recall.interval == (0, 1)


@pytest.mark.parametrize(("texts", "together"), [(4, 0), (5, 1)])
def test_few_texts_prove_no_companionship(make_library, tmp_path, texts, together):
    hits = [line(f"第{n}单黑户贷款加微信") for n in range(texts)]
    assert len(trial(make_library(tmp_path, hits=hits)).together) == together


def test_some_guides_only(make_library, tmp_path):
    make_library(tmp_path, shared={"features": []}, guide={"shared": []})
    (tmp_path / "loan-scam").rename(tmp_path / "other-scam")
    library = make_library(tmp_path)
    assert [row.guide for row in trial(library).measured] == ["loan-scam", "other-scam", ""]
    assert trial(library).measured[2].recall == Share(120, 120)
    only = trial(library, ["other-scam", "other-scam"])
    assert [row.guide for row in only.measured] == ["other-scam"]
    assert only.measured[0].recall.total == 60
    assert all("other-scam" in t.features[0] for t in only.together)


def test_a_guide_that_is_not_there(make_library, tmp_path):
    with pytest.raises(NotFoundError, match="no such guide"):
        trial(make_library(tmp_path), ["gone"])


def test_a_broken_line_of_a_corpus_stops_the_trial(make_library, tmp_path):
    with pytest.raises(GuideError, match=r"hits\.jsonl:1"):
        trial(make_library(tmp_path, hits="{oops\n"))


def test_every_example_of_the_shipped_guides_has_its_line():
    where = [example.where for example in examples(Library())]
    assert where
    assert all(place.rpartition(":")[2].isdecimal() for place in where)


def test_the_shipped_examples_do_what_they_are_there_for():
    failures = "\n".join(told(trial(Library())))
    assert not failures, f"mend the guides, not this test:\n{failures}"
