from __future__ import annotations

import pytest

from lianfang.errors import InputError


@pytest.fixture
def alert(sees_all):
    from lianfang.web.alerts.models import Alert

    return Alert.objects.get(queue="act", activity="anti-collection-alliance")


@pytest.mark.parametrize(
    ("kind", "suspect", "stance", "activities", "queue"),
    [
        ("post", True, "offer", 1, "act"),
        ("post", None, "other", 0, "act"),
        ("post", False, "warn", 1, None),
        ("post", False, "other", 0, None),
        ("call", False, "report", 1, "protect"),
        ("message", False, "seek", 1, "protect"),
        ("message", False, "seek", 0, None),
        ("post", None, "complain", 1, None),
        ("letter", None, "offer", 1, None),
        ("letter", False, "report", 1, "protect"),
    ],
)
def test_where_an_item_goes(place, kind, suspect, stance, activities, queue):  # noqa: PLR0917
    from lianfang.web.alerts.services import queue_of

    found = queue_of(kind=kind, suspect=suspect, stance=stance, activities=activities)
    assert found == queue


def test_what_says_the_same_is_one_alert(alert):
    assert alert.count == 2
    texts = {one.item.text for one in alert.occurrences.select_related("item")}
    assert len(texts) == 2
    assert all("逾期协商停息挂账" in text for text in texts)


def test_a_decision_and_its_undoing_are_both_told(alert, person):
    from lianfang.web.alerts.services import decide, undo
    from lianfang.web.core.models import Event

    made = decide(alert_id=alert.pk, after="rejected", reason="自家广告", user=person("analyst"))
    alert.refresh_from_db()
    assert (alert.state, alert.reason, alert.decided_by) == (
        "rejected",
        "自家广告",
        person("analyst"),
    )
    back = undo(decision_id=made.pk, user=person("reviewer"))
    alert.refresh_from_db()
    assert (alert.state, alert.reason, alert.decided_by, alert.decided_at) == (
        "open",
        "",
        None,
        None,
    )
    assert [one.pk for one in alert.decisions.all()] == [back.pk, made.pk]
    told = Event.objects.filter(object=str(alert.pk), what__startswith="alert.")
    assert [(one.what, one.who) for one in told] == [
        ("alert.undo", "reviewer"), ("alert.rejected", "analyst"),
    ]  # fmt: skip


def test_only_the_last_decision_can_be_undone_and_only_once(alert, person):
    from lianfang.web.alerts.services import decide, undo

    first = decide(alert_id=alert.pk, after="unsure", reason="", user=person("analyst"))
    last = decide(alert_id=alert.pk, after="confirmed", reason="", user=person("analyst"))
    with pytest.raises(InputError, match="no longer the last"):
        undo(decision_id=first.pk, user=person("analyst"))
    back = undo(decision_id=last.pk, user=person("analyst"))
    alert.refresh_from_db()
    assert alert.state == "unsure"
    for done in (last, back):
        with pytest.raises(InputError, match="no longer the last"):
            undo(decision_id=done.pk, user=person("analyst"))


def test_refused(alert, person):
    from lianfang.web.alerts.services import decide

    with pytest.raises(InputError, match="no reason"):
        decide(alert_id=alert.pk, after="rejected", reason="  ", user=person("analyst"))
    with pytest.raises(InputError, match="no such decision"):
        decide(alert_id=alert.pk, after="deleted", reason="x", user=person("analyst"))


def test_the_same_again_stays_rejected_and_is_counted(alert, person):
    from lianfang.web.alerts.services import decide

    decide(alert_id=alert.pk, after="rejected", reason="自家广告", user=person("analyst"))
    alert.refresh_from_db()
    assert (alert.state, alert.count) == ("rejected", 2)
