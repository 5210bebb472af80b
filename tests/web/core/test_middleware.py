"""What every answer carries, and what every form must bring along."""

from __future__ import annotations

import pytest

from postgres import both_purposes, numbers_of
from site_urls import marked, urls

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PATHS = [
    "/", "/alerts/", "/intake/", "/audit/", "/health/", "/accounts/login/", "/accounts/2fa/",
    "/accounts/signup/", "/nothing/here", "/static/lianfang/site.css", "/static/none.css",
    "/alerts/0/", "/language/setlang/",
]  # fmt: skip


@pytest.fixture(scope="module")
def numbers(loaded):
    with both_purposes(loaded):
        yield numbers_of(loaded, "governance")


def kept_off(answer):
    """The headers of an answer that stand against other sites."""
    return {name: answer.headers.get(name) for name in HEADERS}


@pytest.mark.parametrize("role", ["", "compliance"])
@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_strict(browser, role, path):
    answer = browser(role).get(path)
    answer.close()  # a file of ours is read bit by bit
    assert kept_off(answer) == HEADERS
    if not path.startswith("/static/"):
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["alert", "delivery", "refused", "progress", "reveal"])
def test_what_holds_data_is_kept_out_of_caches(browser, numbers, name):
    answer = browser("compliance").get(marked()[name].filled(numbers))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert kept_off(answer) == HEADERS


def test_an_answer_to_an_error_of_ours_is_strict_too(browser, monkeypatch):
    from lianfang.web.dashboard import desk

    monkeypatch.setattr(desk, "assigned", lambda _: 1 / 0)
    answer = browser("compliance", raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert kept_off(answer) == HEADERS
    assert "ZeroDivisionError" not in answer.content.decode()


def test_browsers_that_know_no_policy_frame_nothing(browser):
    assert browser().get("/accounts/login/").headers.get("X-Frame-Options") == "DENY"


def test_another_host_is_refused(browser):
    answer = browser().get("/accounts/login/", HTTP_HOST="evil.example")
    assert answer.status_code == 400
    assert kept_off(answer) == HEADERS


@pytest.mark.parametrize("url", [pytest.param(one, id=one) for one in ("marked", "others")])
def test_nothing_is_sent_without_the_token_of_its_form(browser, numbers, url):
    strict = browser("compliance", enforce_csrf_checks=True)
    for one in urls():
        if (one.name in marked()) is (url == "marked"):
            path = one.path if "(?P" in one.path else one.filled(numbers)
            answer = strict.post(path, {"after": "unsure", "why": "because", "file": "x"})
            refusals = (401, 403) if one.path.startswith("/api/") else (403, 404)
            assert answer.status_code in refusals, one
            if url == "marked" or one.name in ("account_logout", "set_language"):
                assert answer.status_code == 403, one


def test_a_stranger_cannot_sign_in_without_the_token(browser):
    strict = browser(enforce_csrf_checks=True)
    told = {"login": "analyst", "password": "long-enough-2026"}
    assert strict.post("/accounts/login/", told).status_code == 403
    strict.get("/accounts/login/")
    told["csrfmiddlewaretoken"] = strict.cookies["csrftoken"].value
    assert strict.post("/accounts/login/", told).status_code == 302


def test_no_answer_lets_another_origin_read_it(browser):
    answer = browser("compliance").get("/", HTTP_ORIGIN="https://evil.example")
    assert not [name for name in answer.headers if name.startswith("Access-Control-")]
