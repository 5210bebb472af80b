"""Whose address counts where proxies stand before the site."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import override_settings

PROXY = "10.0.0.5"


def address_of(browser, told, count):
    """The address on record of somebody who is refused at the door."""
    with override_settings(PROXIES=count):
        more = {} if told is None else {"HTTP_X_FORWARDED_FOR": told}
        wrong = {"login": "nobody", "password": "wrong"}
        browser().post("/accounts/login/", wrong, REMOTE_ADDR=PROXY, **more)
    return apps.get_model("core.Event").objects.first().address


@pytest.mark.parametrize(
    ("told", "count", "address"),
    [
        ("203.0.113.9", 0, PROXY),
        (None, 1, PROXY),
        ("203.0.113.9", 1, "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9", 1, "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9, 10.0.0.4", 2, "203.0.113.9"),
        ("203.0.113.9", 2, PROXY),
        ("2001:db8::7", 1, "2001:db8::7"),
        ("somebody", 1, PROXY),
        ("", 1, PROXY),
        ("203.0.113.9, <b>", 1, PROXY),
    ],
)
def test_what_clients_claim_never_counts(browser, told, count, address):
    assert address_of(browser, told, count) == address


@pytest.mark.slow  # each password takes a third of a second
def test_limits_are_of_the_client_and_not_of_the_proxy(browser):
    def sign_in(client, name, address, password):
        told = {"login": name, "password": password}
        more = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": f"9.9.9.9, {address}"}
        return client.post("/accounts/login/", told, **more)

    with override_settings(PROXIES=1):
        for number in range(10):
            sign_in(browser(), f"nobody{number}", "203.0.113.9", "wrong")
        locked, free = browser(), browser()
        sign_in(locked, "analyst", "203.0.113.9", "long-enough-2026")
        sign_in(free, "analyst", "203.0.113.10", "long-enough-2026")
    assert locked.get("/").status_code == 302
    assert free.get("/").status_code == 200
