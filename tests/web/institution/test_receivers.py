"""Signing in and out as people do it, and what stays on record."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import connection

PASSWORD = "long-enough-2026"
LOGIN = "/accounts/login/"


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": login, "password": password}, **more)


@pytest.fixture
def events(db):
    """Return a function: who did what, from where, since the test began."""
    model = apps.get_model("core.Event")
    before = model.objects.count()

    def events():
        found = model.objects.order_by("id")[before:]
        return [(one.who, one.what, one.object, one.why, one.address) for one in found]

    return events


def signed_in(client):
    return client.get("/").status_code == 200


def test_coming_and_going_is_recorded(browser, person, events):
    client, number = browser(), str(person("analyst").pk)
    assert sign_in(client, "analyst", REMOTE_ADDR="203.0.113.9").headers["Location"] == "/"
    assert signed_in(client)
    assert client.post("/accounts/logout/", REMOTE_ADDR="2001:db8::1").status_code == 302
    assert not signed_in(client)
    assert events() == [
        ("analyst", "account.login", number, "", "203.0.113.9"),
        ("analyst", "account.logout", number, "", "2001:db8::1"),
    ]


def test_looking_at_the_page_that_signs_out_signs_nobody_out(browser):
    client = browser("analyst")
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)


@pytest.mark.parametrize("login", ["analyst", "nobody-of-this-name", "a-word-2026", "a b", "\0"])
def test_who_is_refused_is_recorded_without_what_was_typed(browser, events, login):
    client = browser()
    answer = sign_in(client, login, "my-Secret-4711")
    assert answer.status_code == 200
    assert "my-Secret-4711" not in answer.content.decode()
    assert not signed_in(client)
    if login != "\0":  # the form itself refuses it
        assert events() == [("-", "account.refused", "-", "", "127.0.0.1")]


def test_the_answer_does_not_tell_whether_a_name_is_known(browser):
    pages = {
        re.sub(r'value="[^"]*"', "", sign_in(browser(), login, "wrong").content.decode())
        for login in ("analyst", "nobody")
    }
    assert len(pages) == 1


def test_what_is_typed_stands_nowhere_in_the_database(browser):
    sign_in(browser(), "typed-as-Name-99", "typed-as-Secret-99")
    with connection.cursor() as cursor:
        for table in ("core_event", "core_cache", "django_session"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%typed-as%'")  # noqa: S608
            assert cursor.fetchone() == (0,), table


def test_after_five_failures_even_the_right_password_waits(browser, events):
    for _ in range(5):
        sign_in(browser(), "analyst", "wrong")
    client = browser()
    assert sign_in(client, "analyst").status_code == 200
    assert not signed_in(client)
    assert signed_in_as("reviewer", browser)
    assert [who for who, *_ in events()] == ["-"] * 6 + ["reviewer"]


@pytest.mark.slow  # each password takes a third of a second
def test_after_ten_failures_an_address_waits_and_others_do_not(browser):
    for number in range(10):
        sign_in(browser(), f"nobody{number}", "wrong", REMOTE_ADDR="203.0.113.9")
    client = browser()
    assert sign_in(client, "analyst", REMOTE_ADDR="203.0.113.9").status_code == 200
    assert not signed_in(client)
    assert signed_in_as("analyst", browser)


@pytest.mark.slow  # each password takes a third of a second
def test_no_header_makes_an_address_another(browser, events):
    for number in range(10):
        more = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{number}"}
        sign_in(browser(), f"nobody{number}", "wrong", **more)
    assert {address for *_, address in events()} == {"127.0.0.1"}
    assert not signed_in_as("analyst", browser, HTTP_X_FORWARDED_FOR="198.51.100.77")


def test_far_too_many_requests_are_turned_away(browser):
    client = browser()
    answers = [sign_in(client, "", "") for _ in range(31)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Content-Security-Policy"].startswith("default-src 'none'")


def signed_in_as(login, browser, **more):
    client = browser()
    sign_in(client, login, **more)
    return signed_in(client)


def test_who_left_does_not_come_in(browser, person, events):
    user = person("analyst")
    user.is_active = False
    user.save()
    client = browser()
    answer = sign_in(client, "analyst")
    assert not signed_in(client)
    assert [what for _, what, *_ in events()] == ["account.refused"]
    assert answer.status_code == 200, "the same answer as to a wrong password"
