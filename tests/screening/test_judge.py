from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang import Screener, Stance
from lianfang.model import OFFENDING
from lianfang.screening.judge import (
    ABOUT_SCALE,
    ABOUT_THRESHOLD,
    CITED_SHARE,
    CLEAR_BELOW,
    STANCES,
    SUSPECT_FROM,
    Evidence,
    Judgement,
    StrengthJudge,
)
from lianfang.text.stream import Stream

NOTHING = Stream.of([])
"""What a judge of strengths knows from a glance."""
FEATURES = [
    # id, term, strength, stance
    ("about-weak", "甲", "weak", None),
    ("about-weak-too", "乙", "weak", None),
    ("about-strong", "丙", "strong", None),
    ("offer-weak", "丁", "weak", "offer"),
    ("offer-medium", "戊", "medium", "offer"),
    ("offer-strong", "己", "strong", "offer"),
    ("teaches", "庚", "medium", "instruct"),
]
SHARED = [
    ("cited-offer", "辛", "strong", "offer"),
    ("cited-topic", "壬", "strong", None),
    ("cited-warning", "癸", "strong", "warn"),
    ("not-cited", "子", "strong", "offer"),
]


@pytest.fixture
def screen(make_library, tmp_path):
    """Return a function that screens one text with a guide of one-term features."""
    own, shared = (
        [
            make_library.feature(
                id=name, when=term, strength=strength, **({"stance": stance} if stance else {})
            )
            for name, term, strength, stance in rows
        ]
        for rows in (FEATURES, SHARED)
    )
    cited = [name for name, *_ in SHARED if name != "not-cited"]
    make_library(
        tmp_path,
        guide={"features": own, "shared": cited},
        shared={"features": shared},
        hits="",
        clean="",
    )
    screener = Screener(tmp_path)
    return lambda text: next(screener.screen([text]))


@cache
def program():
    return Screener().program


@cache
def judge():
    return StrengthJudge(program())


def about(screen, text):
    """How surely a text is about the one activity."""
    [activity] = screen(text).activities
    return activity.score


def weight(score):
    """What speaks of an activity, from its score."""
    return -ABOUT_SCALE * np.log(1 - score)


def judged(rules):
    """The judgement of one text in which these rules fire."""
    numbers = np.array(sorted(rules), dtype=np.int64)
    found = judge().judge(Evidence(numbers, np.zeros_like(numbers), 1), NOTHING)
    return STANCES[int(found.stance[0])], float(found.score[0]), found.about[0]


def concerned(rules):
    """Whether a text in which these rules fire may be about an activity."""
    numbers = np.array(sorted(rules), dtype=np.int64)
    [held] = judge().concerned(Evidence(numbers, np.zeros_like(numbers), 1), NOTHING)
    return bool(held)


def with_stance(stances, *, own=None):
    return [
        rule.index
        for rule in program().rules
        if rule.feature.stance in stances and own in (None, bool(rule.guide))
    ]


some_rules = st.builds(lambda: program().rules).flatmap(
    lambda rules: st.sets(st.integers(0, len(rules) - 1), max_size=12)
)
offending = st.builds(lambda: with_stance(OFFENDING)).flatmap(st.sampled_from)
INNOCENT = tuple(stance for stance in Stance if not stance.offends)
shared_innocent = st.builds(lambda: with_stance(INNOCENT, own=False)).flatmap(st.sampled_from)


# -- scores


@given(some_rules, offending)
def test_more_offending_evidence_never_lowers_the_score(rules, more):
    assert judged({*rules, more})[1] >= judged(rules)[1] - 1e-12


@given(some_rules, shared_innocent)
def test_innocent_evidence_never_raises_the_score_of_a_text_about_something(rules, more):
    _, score, about = judged(rules)
    if about.max() >= ABOUT_THRESHOLD:
        assert judged({*rules, more})[1] <= score + 1e-12


@given(some_rules, some_rules)
def test_more_evidence_never_lowers_what_a_text_is_about(rules, more):
    assert (judged(rules | more)[2] >= judged(rules)[2] - 1e-12).all()


@given(some_rules)
def test_scores_are_shares(rules):
    stance, score, about = judged(rules)
    assert 0 <= score <= 1
    assert ((about >= 0) & (about <= 1)).all()
    if about.max() < ABOUT_THRESHOLD:
        assert score == 0
        assert not stance.offends


@given(st.lists(some_rules, max_size=6))
def test_texts_of_a_batch_are_judged_apart(batch):
    pairs = [(rule, text) for text, rules in enumerate(batch) for rule in rules]
    rules, texts = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    found = judge().judge(Evidence(rules, texts, len(batch)), NOTHING)
    for text, mine in enumerate(batch):
        stance, score, about = judged(mine)
        assert STANCES[int(found.stance[text])] is stance
        assert float(found.score[text]) == pytest.approx(score)
        assert found.about[text] == pytest.approx(about)


@given(some_rules, some_rules)
def test_the_order_of_evidence_doesnt_matter(rules, more):
    numbers = np.array([*rules, *(more - rules)], dtype=np.int64)
    evidence = Evidence(numbers[::-1], np.zeros_like(numbers), 1)
    assert float(judge().judge(evidence, NOTHING).score[0]) == pytest.approx(
        judged(rules | more)[1]
    )


# -- stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("哈哈", Stance.OTHER),
        ("丙", Stance.OTHER),
        ("丙丁", Stance.OTHER),
        ("丙戊", Stance.OFFER),
        ("己", Stance.OFFER),
        ("庚", Stance.INSTRUCT),
        ("己庚", Stance.OFFER),
        ("癸", Stance.WARN),
        ("戊癸", Stance.WARN),
        ("戊己癸", Stance.OFFER),
    ],
)
def test_what_speaks_loudest_decides_and_other_is_heard_first(screen, text, stance):
    assert screen(text).stance is stance


def test_a_single_weak_feature_makes_no_suspect(screen):
    verdict = screen("丙丁")
    assert (verdict.suspect, verdict.stance) == (False, Stance.OTHER)
    assert screen("丁").suspect is False


def test_a_strong_offer_is_suspect_and_a_warning_beside_it_is_weighed(screen):
    assert screen("己").suspect is True
    assert screen("己癸").suspect is not True
    assert screen("戊癸").suspect is False
    assert screen("己").score > screen("己癸").score > screen("戊癸").score


def test_topic_alone_is_never_suspect(screen):
    verdict = screen("甲乙丙壬")
    assert verdict.suspect is False
    assert [activity.id for activity in verdict.activities] == ["loan-scam"]


# -- activities


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("甲", False),
        ("甲乙", True),
        ("丙", True),
        ("戊", True),
        ("辛", False),
        ("壬", False),
        ("辛壬", False),
        ("甲壬", False),
        ("甲辛壬癸", False),
        ("甲乙壬", True),
        ("甲子", False),
        ("癸", False),
    ],
)
def test_an_activity_needs_a_feature_of_its_own(screen, text, about):
    verdict = screen(text)
    assert [activity.id for activity in verdict.activities] == ["loan-scam"] * about
    assert verdict.guides == ({"loan-scam": "1.0.0"} if about else {})


@given(
    st.builds(lambda: with_stance([*Stance, None], own=False)).flatmap(
        lambda shared: st.sets(st.sampled_from(shared))
    )
)
def test_shared_features_alone_speak_of_no_activity(rules):
    stance, score, about = judged(rules)
    assert (score, about.max()) == (0, 0)
    assert not stance.offends


@pytest.mark.parametrize("text", ["辛", "甲", "丁", "甲辛壬癸"])
def test_what_is_about_nothing_is_clear_whatever_it_promises(screen, text):
    verdict = screen(text)
    assert (verdict.suspect, verdict.score, verdict.features) == (False, 0.0, ())
    assert not verdict.stance.offends


def test_a_cited_feature_counts_less_than_an_own_one(screen):
    own, cited, more = (about(screen, text) for text in ("甲乙", "甲乙壬", "甲乙丙"))
    assert own < cited < more


def test_cited_features_add_at_most_half_of_what_the_own_ones_say(screen):
    """In weight: the own features', and half as much again, however many are cited."""
    for text in ("甲乙", "丙"):
        own = weight(about(screen, text))
        assert weight(about(screen, f"{text}壬")) == pytest.approx(
            (1 + CITED_SHARE) * own, rel=1e-3
        )
        assert about(screen, f"{text}壬") == about(screen, f"{text}辛壬癸")


@given(some_rules)
def test_own_features_alone_decide_whether_an_activity_is_named(rules):
    own = {number for number in rules if program().rules[number].guide}
    named = bool(judged(rules)[2].max() >= ABOUT_THRESHOLD)
    assert named is concerned(rules) is concerned(own)


@given(st.lists(some_rules, max_size=6))
def test_texts_of_a_batch_are_concerned_apart(batch):
    pairs = [(rule, text) for text, rules in enumerate(batch) for rule in rules]
    rules, texts = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    found = judge().concerned(Evidence(rules, texts, len(batch)), NOTHING)
    assert found.tolist() == [concerned(mine) for mine in batch]


def test_a_feature_that_no_guide_cites_says_nothing_of_the_activity(screen):
    assert screen("丙子").activities == screen("丙").activities
    assert screen("丙壬").activities[0].score > screen("丙").activities[0].score


# -- thresholds


class Fixed(StrengthJudge):
    """A judge of one mind, who keeps the rules that it was told of, each time."""

    def __init__(self, score, *, concerned=(True, True)):
        self.score, self._concerned, self.heard = score, concerned, []

    def concerned(self, evidence, stream):
        answer = self._concerned[len(self.heard)]
        self.heard.append(set(evidence.rules.tolist()))
        return np.full(evidence.size, answer)

    def explain(self, _evidence, _stream, texts):
        return [()] * len(texts)

    def judge(self, evidence, _sums):
        self.heard.append(set(evidence.rules.tolist()))
        size = evidence.size
        stance = np.full(size, STANCES.index(Stance.OFFER))
        return Judgement(stance, np.full(size, self.score), np.full((size, 1), 0.9))


@pytest.mark.parametrize(
    ("score", "suspect"),
    [
        (0.0, False),
        (CLEAR_BELOW - 0.001, False),
        (CLEAR_BELOW, None),
        (SUSPECT_FROM - 0.001, None),
        (SUSPECT_FROM, True),
        (1.0, True),
    ],
)
def test_between_two_thresholds_a_person_looks(make_library, tmp_path, score, suspect):
    make_library(tmp_path)
    [verdict] = Screener(tmp_path, judge=Fixed(score)).screen(["办黑户贷款"])
    assert (verdict.suspect, verdict.score) == (suspect, score)
    assert 0 < CLEAR_BELOW < SUSPECT_FROM < 1


@pytest.mark.parametrize(("about", "named"), [(ABOUT_THRESHOLD, True), (0.599, False)])
def test_an_activity_is_named_from_its_threshold_on(make_library, tmp_path, about, named):
    class Unsure(Fixed):
        def judge(self, evidence, stream):
            plain = super().judge(evidence, stream)
            return Judgement(plain.stance, plain.score, np.full_like(plain.about, about))

    make_library(tmp_path)
    [verdict] = Screener(tmp_path, judge=Unsure(0.1)).screen(["办黑户贷款"])
    assert bool(verdict.activities) is named


# -- two steps


@pytest.mark.parametrize(("possible", "concerned"), [(True, True), (True, False), (False, False)])
def test_the_judge_hears_all_evidence_only_of_texts_that_it_holds_concerned(
    make_library, tmp_path, possible, concerned
):
    """First all that could hold; then what holds of the guides' own features and of calm ones, and
    what else could; a calm one that is plain needs no reading.
    """
    rows = [
        ("topic", "壬", {}),
        ("offers", "辛", {"stance": "offer"}),
        ("warns", "癸", {"stance": "warn"}),
        ("warns-plainly", "子", {"stance": "warn", "unit": "text"}),
    ]
    shared = [make_library.feature(id=name, when=when, **more) for name, when, more in rows]
    own = make_library.feature(id="own", when="甲")
    guide = {"features": [own], "shared": [name for name, *_ in rows]}
    make_library(tmp_path, guide=guide, shared={"features": shared}, hits="", clean="")
    judge = Fixed(0.5, concerned=[possible, concerned])
    screener = Screener(tmp_path, judge=judge)
    [verdict] = screener.screen(["甲,辛,壬,癸,子"])
    names = [rule.feature.id for rule in screener.program.rules]
    could, first, last = ({names[rule] for rule in rules} for rules in judge.heard)
    own = {"own"} if possible else set()
    everything = {"own", "topic", "offers", "warns", "warns-plainly"}
    assert could == everything
    assert first == (
        {"own", "warns", "topic", "offers", "warns-plainly"} if possible else {"warns"}
    )
    assert last == (everything if concerned else own | {"warns", "warns-plainly"})
    told = {hit.id.partition("/")[2] for hit in verdict.features}
    assert told == (everything if concerned else set())
