"""The second factor, through the pages that people use."""

from __future__ import annotations

import time

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import TestCase, override_settings

from elements import read_html

PASSWORD = "long-enough-2026"
ACTIVATE = "/accounts/2fa/totp/activate/"
DOOR = "/accounts/2fa/authenticate/"


@pytest.fixture
def production(db):
    """Give the site as it is behind TLS: everybody needs a second factor."""
    with override_settings(PRODUCTION=True):
        yield


def sign_in(client, login="analyst"):
    return client.post("/accounts/login/", {"login": login, "password": PASSWORD})


def recorded():
    """What is on record of the analyst's account, the last first."""
    return list(apps.get_model("core.Event").objects.values_list("what", flat=True))


def confirm(client):
    """Tell one's password once more, as is asked of whoever sets a second factor up."""
    assert client.get(ACTIVATE).headers["Location"].startswith("/accounts/reauthenticate/?next=")
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def code_of(secret):
    """What an app shows now for a secret; a code counts once, so those used are forgotten."""
    from allauth.mfa.totp.internal import auth

    cache.clear()
    left = 30 - time.time() % 30
    if left < 10:  # the code is sent only after some pages
        time.sleep(left)
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


def activated(client, *, confirmed=False):
    """Set the second factor up as people do, and give its secret."""
    if not confirmed:
        confirm(client)
    page = read_html(client.get(ACTIVATE).content.decode())
    secret = page.one("input", id="authenticator_secret").attrs["value"]
    assert client.post(ACTIVATE, {"code": code_of(secret)}).status_code == 302
    return secret


@pytest.mark.parametrize(
    "path", ["/", "/alerts/", "/intake/", "/audit/", "/accounts/password/change/"]
)
def test_who_lacks_a_second_factor_gets_no_further_than_to_set_it_up(browser, production, path):
    client = browser()
    sign_in(client, "compliance")
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/2fa/")
    assert client.get("/accounts/2fa/").status_code == 200
    assert client.get("/accounts/logout/").status_code == 200


def test_elsewhere_no_second_factor_is_asked_for(browser):
    client = browser()
    sign_in(client)
    assert client.get("/alerts/").status_code == 200


def test_a_second_factor_is_set_up_and_asked_for_ever_after(browser, production):
    client = browser()
    sign_in(client)
    secret = activated(client)
    assert client.get("/alerts/").status_code == 200
    again = browser()
    assert sign_in(again).headers["Location"] == DOOR
    assert again.get("/alerts/").headers["Location"].startswith("/accounts/login/")
    assert again.post(DOOR, {"code": code_of(secret)}).status_code == 302
    assert again.get("/alerts/").status_code == 200


def test_a_wrong_code_and_a_code_used_before_open_nothing(browser, production):
    client = browser()
    sign_in(client)
    secret = activated(client)
    code = code_of(secret)
    first, second = browser(), browser()
    sign_in(first)
    sign_in(second)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert first.post(DOOR, {"code": wrong}).status_code == 200
    assert first.get("/alerts/").status_code == 302
    assert first.post(DOOR, {"code": code}).status_code == 302
    assert first.get("/alerts/").status_code == 200
    assert second.post(DOOR, {"code": code}).status_code == 200
    assert second.get("/alerts/").status_code == 302


def test_a_wrong_code_sets_up_nothing(browser, production):
    client = browser()
    sign_in(client)
    confirm(client)
    client.get(ACTIVATE)
    assert client.post(ACTIVATE, {"code": "000000"}).status_code == 200
    assert client.get("/alerts/").headers["Location"] == "/accounts/2fa/"


def test_a_wrong_password_shows_no_secret(browser, production):
    client = browser()
    sign_in(client)
    assert client.post("/accounts/reauthenticate/", {"password": "wrong"}).status_code == 200
    assert client.get(ACTIVATE).status_code == 302


def test_a_wrong_code_is_on_record_as_a_refusal(browser, production):
    client = browser()
    sign_in(client)
    activated(client)
    again, before = browser(), len(recorded())
    sign_in(again)
    again.post(DOOR, {"code": "000000"})
    assert "account.refused" in recorded()[: len(recorded()) - before]


def test_setting_it_up_and_taking_it_down_is_on_record(browser, production):
    client = browser()
    sign_in(client)
    confirm(client)
    before = len(recorded())
    with TestCase.captureOnCommitCallbacks(execute=True):
        activated(client, confirmed=True)
    assert len(recorded()) > before
    before = len(recorded())
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert len(recorded()) > before
    assert client.get("/alerts/").headers["Location"] == "/accounts/2fa/"


@pytest.mark.slow  # it may wait for a code that is fresh
def test_six_wrong_codes_close_the_door_to_the_right_one(browser, production):
    client = browser()
    sign_in(client)
    secret = activated(client)
    code = code_of(secret)
    again = browser()
    sign_in(again)
    for number in range(5):
        again.post(DOOR, {"code": f"{(int(code) + 1 + number) % 10**6:06}"})
    assert again.post(DOOR, {"code": code}).status_code == 200
    assert again.get("/alerts/").status_code == 302
