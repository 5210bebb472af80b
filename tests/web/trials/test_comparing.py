from __future__ import annotations

import pytest


def told(suspect, stance="offer", activity="credit-repair"):
    return {"suspect": suspect, "stance": stance, "activity": activity, "score": 0.5}


@pytest.mark.parametrize(
    ("was", "will", "kind"),
    [
        (told(False), told(True), "suspect"),
        (told(None), told(True), "suspect"),
        (told(True), told(None), "cleared"),
        (told(True), told(False), "cleared"),
        (told(False), told(None), "raised"),
        (told(None), told(False), "dropped"),
        (told(True), told(True, "act"), "stance"),
        (told(None), told(None, activity="telecom-fraud"), "activity"),
        (told(True), told(True) | {"score": 0.9}, None),
    ],
)
def test_what_changes(place, was, will, kind):
    from lianfang.web.trials.comparing import kind_of

    assert kind_of(was, will) == kind
