from __future__ import annotations

import pytest

from lianfang.model import ActivityScore, Stance, Verdict, Weight
from lianfang.web.guidance.settings import LOCAL, Bounds, Settings, adjusted

GENERAL = Bounds(0.4, 0.6)


def verdict(score=0.7, *, was=True, stance=Stance.OFFER, about="credit-repair", weights=()):
    activities = (ActivityScore(about, 0.9),) if about else ()
    return Verdict(1, was, activities, stance, score, (), (), None, {about: "1"}, weights)


def suspect(one, **settings):
    return adjusted(one, Settings("1", **settings), GENERAL).suspect


def own(clear_below, suspect_from):
    return {"bounds": (("credit-repair", Bounds(clear_below, suspect_from)),)}


def test_nothing_set_changes_nothing():
    assert adjusted(verdict(), Settings(), GENERAL) == verdict()


def test_a_verdict_names_the_version():
    made = adjusted(verdict(), Settings("12.1"), GENERAL)
    assert made.guides == {"credit-repair": "1", LOCAL: "12.1"}
    assert made.suspect is True


@pytest.mark.parametrize(
    ("bounds", "score", "was", "is_"),
    [
        (own(0.4, 0.8), 0.7, True, None),
        (own(0.4, 0.5), 0.55, None, True),
        (own(0.5, 0.8), 0.45, None, False),
        (own(0.75, 0.8), 0.7, True, False),
        (own(0.1, 0.8), 0.3, False, False),
        (own(0.1, 0.2), 0.45, None, True),
    ],
)
def test_bounds_of_an_activity(bounds, score, was, is_):
    assert suspect(verdict(score, was=was), **bounds) is is_
    assert suspect(verdict(score, was=was, about="telecom-fraud"), **bounds) is was
    assert suspect(verdict(score, was=was, about=""), **bounds) is was


def test_a_low_bound_makes_nothing_suspect_that_does_not_offend():
    one = verdict(0.55, was=None, stance=Stance.SEEK)
    assert suspect(one, **own(0.4, 0.5)) is None


@pytest.mark.parametrize(
    ("weight", "least", "is_"),
    [
        (2.0, 0.9, None),  # without it the text would score 0.24
        (0.1, 0.9, True),  # it would be suspect without it
        (2.0, 0.65, True),  # sure enough
        (-2.0, 0.9, True),  # it speaks against
    ],
)
def test_a_text_that_is_suspect_because_of_a_feature(weight, least, is_):
    one = verdict(weights=(Weight("credit-repair/paid-erasure", weight),))
    assert suspect(one, least=(("credit-repair/paid-erasure", least),)) is is_
    assert suspect(one, least=(("credit-repair/other", least),)) is True
