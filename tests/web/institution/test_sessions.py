"""Where somebody is signed in, and out."""

from __future__ import annotations

import pytest
from django.apps import apps

from elements import read_html

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"


@pytest.fixture
def two(browser):
    """One person at two devices and nowhere else, whatever other tests left."""
    apps.get_model("usersessions.UserSession").objects.all().delete()
    clients = []
    for agent, address in ((CHROME, "203.0.113.9"), (PHONE, "198.51.100.7")):
        client = browser(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
        client.post("/accounts/login/", {"login": "analyst", "password": "long-enough-2026"})
        clients.append(client)
    return clients


def rows(client):
    return [
        [cell.text for cell in row.all("td")]
        for row in read_html(client.get("/sessions/").content.decode()).one("tbody").all("tr")
    ]


def last_event():
    return apps.get_model("core.Event").objects.values_list("who", "what", "why").first()


def test_each_session_tells_device_address_and_which_is_this_one(two):
    here, there = two
    told = {(device, address): end for device, address, _, _, end in rows(here)}
    assert told[("Chrome · Linux", "203.0.113.9")] == "本会话"
    assert told[("Safari · iPhone", "198.51.100.7")].startswith("退出")
    assert {end for *_, end in rows(there)} != {"本会话"}


def test_the_others_are_ended_and_this_one_goes_on(two):
    here, there = two
    assert here.post("/sessions/others/").headers["Location"] == "/sessions/"
    assert there.get("/alerts/").status_code == 302
    assert len(rows(here)) == 1
    assert last_event() == ("analyst", "account.end-sessions", "1")


def test_one_is_ended_by_its_number_and_never_this_one(two):
    here, there = two
    own = {one.ip: one.pk for one in apps.get_model("usersessions.UserSession").objects.all()}
    assert here.post(f"/sessions/{own['203.0.113.9']}/").status_code == 404
    assert here.get("/alerts/").status_code == 200
    assert here.post(f"/sessions/{own['198.51.100.7']}/").status_code == 302
    assert there.get("/alerts/").status_code == 302
    there.cookies["sessionid"] = here.cookies["sessionid"].value
    assert there.get("/alerts/").status_code == 200


def test_nobody_ends_the_session_of_another(two, browser):
    number = apps.get_model("usersessions.UserSession").objects.first().pk
    assert browser("compliance").post(f"/sessions/{number}/").status_code == 404
    assert two[0].get("/alerts/").status_code == 200


def test_when_a_session_was_used_last_is_kept_once_a_minute(two, monkeypatch):
    from datetime import timedelta

    from django.utils import timezone

    from lianfang.web.institution import sessions

    table = apps.get_model("usersessions.UserSession").objects
    before = timezone.now() - timedelta(hours=1)
    table.update(last_seen_at=before)
    monkeypatch.setattr(sessions, "_noted", {})
    two[0].get("/", REMOTE_ADDR="203.0.113.10")
    kept = table.get(user_agent=CHROME)
    assert kept.last_seen_at > before
    assert kept.ip == "203.0.113.10"
    two[0].get("/")
    assert table.get(user_agent=CHROME).last_seen_at == kept.last_seen_at


def test_a_new_password_ends_the_others(two):
    here, there = two
    new = {"oldpassword": "long-enough-2026", "password1": "bamboo-rain-71",
           "password2": "bamboo-rain-71"}  # fmt: skip
    here.post("/accounts/password/change/", new)
    assert here.get("/alerts/").status_code == 200
    assert there.get("/alerts/").status_code == 302
    assert len(rows(here)) == 1


@pytest.mark.parametrize(
    ("agent", "said"),
    [(CHROME, "Chrome · Linux"), (PHONE, "Safari · iPhone"), ("", ""), ("x" * 99, "x" * 40),
     ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537.36 Edg/130", "Edge · Windows")],
)  # fmt: skip
def test_a_device_is_called_in_two_words(place, agent, said):
    from lianfang.web.institution.sessions import device

    assert device(agent) == said
