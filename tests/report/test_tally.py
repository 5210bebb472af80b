from __future__ import annotations

import pytest

from lianfang.model import ActivityScore, Stance
from lianfang.report.tally import Kind, Tally, urgency

LOAN = (ActivityScore("loan-scam", 0.9),)


@pytest.mark.parametrize(
    ("suspect", "activities", "kind"),
    [
        (True, LOAN, Kind.SUSPECT),
        (None, LOAN, Kind.LOOK),
        (None, (), Kind.LOOK),
        (False, LOAN, Kind.ABOUT),
        (False, (), Kind.CLEAR),
    ],
)
def test_every_verdict_is_of_one_kind(verdict, suspect, activities, kind):
    assert Kind.of(verdict(suspect=suspect, activities=activities)) is kind


def test_counts(verdict):
    both = (*LOAN, ActivityScore("other", 0.7))
    verdicts = [
        verdict(suspect=True, activities=both, stance=Stance.OFFER, guides={"loan-scam": "2.0.0"}),
        verdict(suspect=None, activities=LOAN, stance=Stance.OFFER, guides={"loan-scam": "1.0.0"}),
        verdict(activities=LOAN, stance=Stance.SEEK, guides={"loan-scam": "1.0.0"}),
        verdict(),
    ]
    tally = Tally()
    assert [v for v, _ in tally.count((v, "") for v in verdicts)] == verdicts
    assert tally.total == 4
    assert [tally.kinds[kind] for kind in Kind] == [1, 1, 1, 1]
    assert tally.stances == {Stance.OFFER: 2, Stance.SEEK: 1, Stance.OTHER: 1}
    assert tally.activities["other", Kind.SUSPECT] == 1
    assert (tally.of_activity("loan-scam"), tally.of_activity("other")) == (3, 1)
    assert tally.versions == {"loan-scam": {"1.0.0", "2.0.0"}}


def test_the_most_urgent_come_first(verdict):
    pairs = [
        (verdict(id="clear"), ""),
        (verdict(id="about", activities=LOAN), ""),
        (verdict(id="look", suspect=None, score=0.6), ""),
        (verdict(id="low", suspect=True, score=0.7), ""),
        (verdict(id="high", suspect=True, score=0.9), ""),
    ]
    order = [v.id for v, _ in sorted(pairs, key=urgency)]
    assert order == ["high", "low", "look", "about", "clear"]
