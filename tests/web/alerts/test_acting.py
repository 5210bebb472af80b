"""The forms of the queue and of an alert: what they ask for, and what they tell."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from elements import read_html


@pytest.fixture
def alerts(sees_all):
    from lianfang.web.alerts.models import Alert

    return list(Alert.objects.filter(queue="act").order_by("pk"))


def ticks(alerts):
    return [f"{one.pk}.{one.version}" for one in alerts]


def states(alerts):
    for one in alerts:
        one.refresh_from_db()
    return [(one.state, one.assigned_to_id, bool(one.snoozed_until)) for one in alerts]


def told(answer):
    """What the page says of what was done, and the form that takes it back."""
    page = read_html(answer.content.decode())
    lists = page.all("ul", "messages")
    return (lists[0].text if lists else ""), [
        one for one in page.all("form") if "data-undo" in one.attrs
    ]


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ({"after": "confirmed"}, ("confirmed", None, False)),
        ({"after": "rejected", "reason": "不是"}, ("rejected", None, False)),
        ({"after": "unsure"}, ("unsure", None, False)),
        ({"after": "mine"}, ("open", "analyst", False)),
        ({"after": "assigned", "to": "reviewer"}, ("open", "reviewer", False)),
        ({"after": "snoozed"}, ("open", None, True)),
    ],
)
def test_bulk_and_one_undo_for_all(browser, person, alerts, sent, wanted):
    client, before = browser("analyst"), states(alerts)
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    answer = client.post(
        "/alerts/bulk/?state=", {"ticked": ticks(alerts), "until": day, **sent}, follow=True
    )
    state, who, late = wanted
    assert states(alerts) == [(state, who and person(who).pk, late)] * 2
    words, [undo] = told(answer)
    assert words.strip().startswith("2 条")
    answer = client.post(undo.attrs["action"], follow=True)
    assert "2 条已恢复" in told(answer)[0]
    assert states(alerts) == before


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"after": "rejected"}, "请写明理由"),
        ({"after": "snoozed"}, "请选择明天起"),
        ({"after": "snoozed", "until": "2020-01-01"}, "请选择明天起"),
        ({"after": "assigned", "to": "auditor"}, "请选择有权处理"),
        ({"after": "assigned", "to": "nobody-of-that-name"}, "请选择有权处理"),
        ({"after": "deleted"}, "不能这样处理"),
        ({"after": "confirmed", "ticked": []}, "没有勾选"),
        ({"after": "confirmed", "ticked": ["x", "1", "1.x", "-1.0"]}, "没有勾选"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(browser, alerts, sent, words):
    before = states(alerts)
    sent = {"ticked": ticks(alerts), **sent}
    answer = browser("analyst").post("/alerts/bulk/", sent, follow=True)
    assert words in told(answer)[0]
    assert states(alerts) == before


def test_the_second_of_two_is_told_who_was_first(browser, person, alerts):
    one = alerts[0]
    seen = {"version": one.version, "after": "confirmed"}
    assert browser("reviewer").post(f"/alerts/{one.pk}/decide/", seen).status_code == 302
    answer = browser("analyst").post(
        f"/alerts/{one.pk}/decide/", seen | {"after": "rejected", "reason": "不是"}, follow=True
    )
    words, undo = told(answer)
    assert answer.request["PATH_INFO"] == f"/alerts/{one.pk}/"
    assert "reviewer" in words
    assert "已确认" in words
    assert undo == []
    assert states([one])[0][0] == "confirmed"
    ticked = [f"{one.pk}.{seen['version']}", *ticks(alerts[1:])]
    answer = browser("analyst").post(
        "/alerts/bulk/", {"ticked": ticked, "after": "unsure"}, follow=True
    )
    assert states(alerts)[0][0] == "confirmed"
    assert states(alerts)[1][0] == "unsure"
    assert "reviewer" in told(answer)[0]


def test_after_a_decision_comes_the_next_and_after_taking_it_the_same(browser, alerts):
    from lianfang.web.alerts import selectors
    from lianfang.web.alerts.filters import Asked

    client = browser("analyst")
    first, second = [one.pk for one in selectors.alerts(Asked(), None)]
    answer = client.post(f"/alerts/{first}/decide/", {"after": "mine"})
    assert answer.headers["Location"].startswith(f"/alerts/{first}/")
    answer = client.post(f"/alerts/{first}/decide/", {"after": "confirmed"})
    assert answer.headers["Location"].startswith(f"/alerts/{second}/")
    answer = client.post(f"/alerts/{second}/decide/", {"after": "unsure"})
    assert answer.headers["Location"] == "/alerts/?"


def test_history_tells_all_that_was_done(browser, alerts):
    client, one = browser("analyst"), alerts[0]
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    for sent in ({"after": "mine"}, {"after": "snoozed", "until": day}, {"after": "woken"},
                 {"after": "rejected", "reason": "不是"}):  # fmt: skip
        client.post(f"/alerts/{one.pk}/decide/", sent)
    page = read_html(client.get(f"/alerts/{one.pk}/").content.decode())
    lines = [line.text for line in page.one("ol", "history").all("li")]
    wanted = ["已驳回", "取消推后", f"推后到 {day}", "分派给 analyst"]
    assert all(word in line for word, line in zip(wanted, lines, strict=True))


def test_a_search_comes_into_the_address_once_it_holds_no_value(browser, db):
    client = browser("analyst")
    answer = client.post("/alerts/search/", {"q": " 征信 修复 ", "alerts": "1"})
    assert answer.headers["Location"].startswith("/alerts/search/?q=")
    page = read_html(client.get(answer.headers["Location"]).content.decode())
    assert "征❤修复" in [mark.text for mark in page.all("mark")]
    answer = client.post("/alerts/search/", {"q": "13812340000"})
    assert answer.headers["Location"] == "/alerts/search/"
    assert "个人信息不能查找" in client.get("/alerts/search/").content.decode()
    assert "13812340000" not in client.get("/alerts/search/?q=13812340000").content.decode()
