"""Where one is sent before the door and after it."""

from __future__ import annotations

from urllib.parse import quote

import pytest

PASSWORD = "long-enough-2026"


def sign_in(client, to="", **more):
    path = f"/accounts/login/{to}"
    return client.post(path, {"login": "analyst", "password": PASSWORD, **more})


@pytest.mark.parametrize(
    "to",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)",
     "http:///evil.example", "///evil.example", "\thttps://evil.example"],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(browser, to):
    for send in (
        lambda: sign_in(browser(), to=f"?next={quote(to)}"),
        lambda: browser().post(
            "/accounts/login/", {"login": "analyst", "password": PASSWORD, "next": to}
        ),
        lambda: browser("analyst").get("/accounts/login/", {"next": to}),
        lambda: browser("analyst").post("/accounts/logout/", {"next": to}),
        lambda: browser().post("/language/setlang/", {"language": "en", "next": to}),
    ):
        answer = send()
        assert answer.status_code == 302
        assert answer.headers["Location"] in ("/", "/accounts/login/")


def test_one_comes_to_the_page_one_asked_for(browser):
    client = browser()
    door = client.get("/alerts/?queue=protect").headers["Location"]
    assert door == "/accounts/login/?next=/alerts/%3Fqueue%3Dprotect"
    answer = sign_in(client, to=door.removeprefix("/accounts/login/"))
    assert answer.headers["Location"] == "/alerts/?queue=protect"
