"""Assigning, putting off, several in one go, and all of it taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from lianfang.errors import InputError


@pytest.fixture
def alerts(sees_all):
    from lianfang.web.alerts.models import Alert

    return list(Alert.objects.filter(queue="act").order_by("pk"))


@pytest.fixture
def by(person):
    """Return a function: somebody who does something, from nowhere."""
    from lianfang.web.alerts.triage import By

    return lambda role="analyst": By(person(role))


def picks(alerts, version=None):
    from lianfang.web.alerts.triage import Pick

    return [Pick(one.pk, version) for one in alerts]


def standing(alerts):
    from lianfang.web.alerts.models import Alert

    fields = ("state", "reason", "assigned_to__username", "snoozed_until", "decided_by__username")
    found = Alert.objects.filter(pk__in=[one.pk for one in alerts]).order_by("pk")
    return list(found.values_list(*fields))


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


OPEN = ("open", "", None, None, None)


def test_several_are_decided_and_taken_back_at_once(alerts, by):
    from lianfang.web.alerts.triage import decide_all, undo_all
    from lianfang.web.core.models import Event

    assert len(alerts) == 2
    done = decide_all(picks=picks(alerts), after="rejected", reason=" 自家广告 ", by=by())
    assert standing(alerts) == [("rejected", "自家广告", None, None, "analyst")] * 2
    assert {one.head_id for one in done.head.others.all()} == {done.head.pk}
    back = undo_all(decision_id=done.head.pk, by=by("reviewer"))
    assert standing(alerts) == [OPEN] * 2
    assert (len(back.done), back.missed) == (2, [])
    events = Event.objects.filter(object__in=[str(one.pk) for one in alerts], what__startswith="al")
    assert sorted(events.values_list("what", "who", "why")) == [
        *[("alert.rejected", "analyst", "自家广告")] * 2,
        *[("alert.undo", "reviewer", "")] * 2,
    ]


def test_undoing_leaves_alone_what_was_decided_since(alerts, by):
    from lianfang.web.alerts.triage import decide_all, undo_all

    done = decide_all(picks=picks(alerts), after="unsure", reason="", by=by())
    decide_all(picks=picks(alerts[:1]), after="confirmed", reason="", by=by("reviewer"))
    back = undo_all(decision_id=done.head.pk, by=by())
    assert [one.pk for one in back.missed] == [alerts[0].pk]
    assert [one[0] for one in standing(alerts)] == ["confirmed", "open"]
    with pytest.raises(InputError, match="no longer the last"):
        undo_all(decision_id=done.head.pk, by=by())


@pytest.mark.parametrize("deed", ["decide", "assign", "snooze"])
def test_the_second_of_two_is_told_and_changes_nothing(alerts, by, person, deed):
    from lianfang.web.alerts.triage import assign_all, decide_all, snooze_all

    seen = picks(alerts, version=alerts[0].version)
    decide_all(picks=seen[:1], after="unsure", reason="先看", by=by("reviewer"))
    before = standing(alerts[:1])
    if deed == "decide":
        done = decide_all(picks=seen, after="rejected", reason="不是", by=by())
    elif deed == "assign":
        done = assign_all(picks=seen, to=person("analyst"), by=by())
    else:
        done = snooze_all(picks=seen, until=tomorrow(), by=by())
    assert [one.pk for one in done.missed] == [alerts[0].pk]
    assert [one.pk for one in done.done] == [alerts[1].pk]
    assert standing(alerts[:1]) == before
    assert standing(alerts[1:]) != [OPEN]


def test_assigned_to_oneself_to_another_and_to_nobody(alerts, by, person):
    from lianfang.web.alerts.triage import assign_all, undo_all

    first = assign_all(picks=picks(alerts), to=person("analyst"), by=by())
    assert [one[2] for one in standing(alerts)] == ["analyst", "analyst"]
    second = assign_all(picks=picks(alerts[:1]), to=person("compliance"), by=by())
    assert [one[2] for one in standing(alerts)] == ["compliance", "analyst"]
    undo_all(decision_id=second.head.pk, by=by())
    assert [one[2] for one in standing(alerts)] == ["analyst", "analyst"]
    assign_all(picks=picks(alerts), to=None, by=by())
    assert standing(alerts) == [OPEN] * 2
    with pytest.raises(InputError, match="no longer the last"):
        undo_all(decision_id=first.head.pk, by=by())


@pytest.mark.parametrize("role", ["handler", "auditor", "administrator"])
def test_nobody_gets_an_alert_who_may_not_decide(alerts, by, person, role):
    from lianfang.web.alerts.triage import assign_all

    with pytest.raises(InputError, match="may not decide"):
        assign_all(picks=picks(alerts), to=person(role), by=by())
    assert standing(alerts) == [OPEN] * 2


def test_nobody_gets_an_alert_of_a_purpose_that_they_do_not_see(alerts, by, person):
    from lianfang.web.alerts.triage import assign_all

    other = person("reviewer")
    other.purposes = ["complaints"]
    with pytest.raises(InputError, match="purpose"):
        assign_all(picks=picks(alerts), to=other, by=by())
    assert standing(alerts) == [OPEN] * 2


def test_what_is_put_off_comes_back_by_itself(alerts, by, person, monkeypatch):
    from lianfang.web.alerts import selectors
    from lianfang.web.alerts.filters import Asked
    from lianfang.web.alerts.triage import snooze_all

    def listed(state):
        return {one.pk for one in selectors.alerts(Asked(state=state), person("analyst"))}

    late, other = alerts
    snooze_all(picks=picks([late]), until=tomorrow(), by=by())
    assert (listed("open"), listed("snoozed")) == ({other.pk}, {late.pk})
    counts = selectors.counts(["act"])
    assert (counts["act", "open"], counts["act", "snoozed"]) == (1, 1)
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    monkeypatch.setattr(selectors.timezone, "now", lambda: start + timedelta(days=1))
    assert (listed("open"), listed("snoozed")) == ({late.pk, other.pk}, set())


def test_deciding_ends_the_putting_off_and_undoing_brings_it_back(alerts, by):
    from lianfang.web.alerts.triage import decide_all, snooze_all, undo_all

    snooze_all(picks=picks(alerts), until=tomorrow(), by=by())
    before = standing(alerts)
    done = decide_all(picks=picks(alerts), after="confirmed", reason="", by=by())
    assert [one[3] for one in standing(alerts)] == [None, None]
    undo_all(decision_id=done.head.pk, by=by())
    assert standing(alerts) == before
    snooze_all(picks=picks(alerts), until=None, by=by())
    assert standing(alerts) == [OPEN] * 2


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_a_day_that_has_begun_or_is_far_away(alerts, by, days):
    from lianfang.web.alerts.triage import snooze_all

    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(InputError, match="no such day"):
        snooze_all(picks=picks(alerts), until=day, by=by())


def test_what_is_decided_is_nobodys_work(alerts, by, person):
    from lianfang.web.alerts.triage import assign_all, decide_all, snooze_all

    decide_all(picks=picks(alerts), after="confirmed", reason="", by=by())
    before = standing(alerts)
    for done in (
        assign_all(picks=picks(alerts), to=person("analyst"), by=by()),
        snooze_all(picks=picks(alerts), until=tomorrow(), by=by()),
    ):
        assert (done.head, done.done, len(done.missed)) == (None, [], 2)
    assert standing(alerts) == before


def test_what_another_purpose_has_is_not_there(alerts, by):
    from lianfang.web.alerts.triage import decide_all
    from lianfang.web.database.seeing import seeing

    with seeing(["complaints"]):
        done = decide_all(picks=picks(alerts), after="confirmed", reason="", by=by())
    assert done == (None, [], [])
    assert standing(alerts) == [OPEN] * 2
