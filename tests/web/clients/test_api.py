"""The API: who may ask for what, and how it says no."""

from __future__ import annotations

import pytest
from django.apps import apps

PROBLEM = "application/problem+json"
HIDDEN = "13812340000"


@pytest.fixture
def numbers(sees_all):
    alert = apps.get_model("alerts.Alert").objects.filter(purpose="governance").first()
    letters = apps.get_model("intake.Delivery").objects.get(purpose="complaints")
    source = apps.get_model("intake.Source").objects.get(purpose="governance")
    return {"alert": alert.pk, "letters": letters.pk, "source": source.pk}


def test_a_text_is_screened(program):
    asks = program()
    answer = asks.post(
        "/screen", {"texts": ["专业征信修复，不成功不收费，加微信 wkx58221", "天气真好"]}
    )
    assert answer.status_code == 200, answer.content
    first, second = answer.json()["verdicts"]
    assert first["suspect"] is True
    assert first["id"] == 1
    assert second["suspect"] is False
    assert answer.headers["RateLimit"].startswith('"minute";r=599;t=')


def test_alerts_come_in_pages_to_the_last(program):
    asks = program()
    seen, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = asks.get("/alerts", limit=1, **more).json()
        seen += [one["id"] for one in page["alerts"]]
        cursor = page["next"]
        if not cursor:
            break
    total = asks.get("/alerts").json()
    assert seen == [one["id"] for one in total["alerts"]]
    assert len(seen) > 1
    assert seen == sorted(seen, reverse=True)
    assert HIDDEN not in str(total)


def test_an_alert_is_read_and_decided(program, numbers):
    asks = program()
    path = f"/alerts/{numbers['alert']}"
    before = asks.get(path)
    assert before.status_code == 200, before.content
    made = asks.post(f"{path}/decisions", {"after": "rejected", "reason": "正常"})
    assert made.status_code == 201, made.content
    assert made.json()["by"] == "compliance"
    assert asks.get(path).json()["state"] == "rejected"
