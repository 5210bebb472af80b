"""People who may see little: no longer here, without purposes, of an unknown role."""

from __future__ import annotations

import pytest
from django.apps import apps

from elements import read_html
from lianfang.web.database.seeing import seeing
from lianfang.web.institution.purposes import ALL_PURPOSES


@pytest.fixture
def changed(person):
    """Change the account of a role within the test."""

    def changed(whose, **fields):
        user = person(whose)
        for name, value in fields.items():
            setattr(user, name, value)
        user.save()
        return user

    return changed


def test_who_left_is_a_stranger_at_once(browser, changed):
    client = browser("compliance")
    assert client.get("/alerts/").status_code == 200
    changed("compliance", is_active=False)
    assert client.get("/alerts/").headers["Location"] == "/accounts/login/?next=/alerts/"
    assert client.post("/intake/sources/").status_code == 302


def test_who_has_no_purpose_sees_empty_pages(browser, changed):
    changed("compliance", purposes=[])
    client = browser("compliance")
    with seeing(ALL_PURPOSES):
        delivery = apps.get_model("intake.Delivery").objects.first()
        alert = apps.get_model("alerts.Alert").objects.first()
    for path in ("/alerts/?state=", "/intake/"):
        page = read_html(client.get(path).content.decode())
        assert page.all("p", cls="empty")
        assert not page.all("table")
        assert not page.all("ol", cls="alerts")
        assert not page.all("section", cls="card")
    assert "没有数据目的" in client.get("/").content.decode()
    assert client.get(f"/intake/deliveries/{delivery.pk}/").status_code == 404
    assert client.get(f"/alerts/{alert.pk}/").status_code == 404
    choices = read_html(client.get("/intake/").content.decode()).one("select", name="purpose")
    assert not choices.all("option")


def test_purposes_taken_are_gone_at_the_next_page(browser, changed):
    client = browser("analyst")
    assert "巡查" in client.get("/intake/").content.decode()
    changed("analyst", purposes=["anti-telecom-fraud"])
    assert "巡查" not in client.get("/intake/").content.decode()


def test_a_source_of_a_purpose_that_is_not_ones_own_is_refused(browser):
    made = {"name": "新", "kind": "post", "purpose": "complaints", "basis": "依据"}
    answer = browser("analyst").post("/intake/sources/", made)
    assert answer.status_code == 200
    assert read_html(answer.content.decode()).all("span", cls="problem")
    with seeing(ALL_PURPOSES):
        assert not apps.get_model("intake.Source").objects.filter(name="新").exists()


@pytest.mark.parametrize("fields", [{"role": ""}, {"role": "root"}])
def test_an_unknown_role_may_nothing(browser, changed, fields):
    changed("compliance", **fields)
    for path in ("/", "/alerts/", "/intake/", "/audit/"):
        assert browser("compliance").get(path).status_code == 404


def test_djangos_own_flags_give_no_right(browser, changed):
    changed("analyst", is_superuser=True, is_staff=True)
    assert browser("analyst").get("/audit/").status_code == 404
