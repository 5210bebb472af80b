"""The door as it stands in production: cookies, tokens of forms, and guesses without end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie

import pytest
import requests

from deployments import deployed
from web_sites import PASSWORD

pytestmark = pytest.mark.slow
TLS = {"X-Forwarded-Proto": "https", "Host": "127.0.0.1", "Referer": "https://127.0.0.1/"}


@pytest.fixture(scope="module")
def site():
    with deployed("analyst", "reviewer", LIANFANG_PRODUCTION="1", LIANFANG_PROXIES="1") as port:
        yield f"http://127.0.0.1:{port}"


def sign_in(site, name, password, address="203.0.113.1"):
    """What the door answers, and the cookies that it gave."""
    headers = TLS | {"X-Forwarded-For": f"1.1.1.1, {address}"}
    page = requests.get(f"{site}/accounts/login/", headers=headers, timeout=30)
    cookies = {name: one.value for name, one in SimpleCookie(page.headers["Set-Cookie"]).items()}
    told = {"login": name, "password": password, "csrfmiddlewaretoken": cookies["csrftoken"]}
    return requests.post(
        f"{site}/accounts/login/", told, headers=headers, cookies=cookies,
        allow_redirects=False, timeout=30,
    )  # fmt: skip


def test_cookies_go_by_tls_alone_and_no_script_reads_the_session(site):
    answer = sign_in(site, "analyst", PASSWORD)
    assert answer.status_code == 302
    given = SimpleCookie()
    for line in answer.raw.headers.getlist("Set-Cookie"):
        given.load(line)
    assert given["sessionid"]["secure"]
    assert given["csrftoken"]["secure"]
    assert given["sessionid"]["httponly"]
    assert given["sessionid"]["samesite"] == given["csrftoken"]["samesite"] == "Lax"
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_a_form_of_another_site_opens_nothing(site):
    told = {"login": "analyst", "password": PASSWORD}
    assert requests.post(f"{site}/accounts/login/", told, timeout=30).status_code == 403
    evil = TLS | {"Origin": "https://evil.example", "Referer": "https://evil.example/"}
    page = requests.get(f"{site}/accounts/login/", headers=TLS, timeout=30)
    token = SimpleCookie(page.headers["Set-Cookie"])["csrftoken"].value
    answer = requests.post(
        f"{site}/accounts/login/", told | {"csrfmiddlewaretoken": token}, headers=evil,
        cookies={"csrftoken": token}, timeout=30,
    )  # fmt: skip
    assert answer.status_code == 403


def test_guesses_at_a_name_are_stopped_wherever_they_come_from(site):
    answers = [
        sign_in(site, "analyst", f"guess-{number}", f"198.51.100.{number}").status_code
        for number in range(8)
    ]
    assert set(answers) == {200}
    assert sign_in(site, "analyst", PASSWORD, "198.51.100.99").status_code == 200, "locked"


def test_guesses_from_an_address_are_stopped_whatever_the_names(site):
    with ThreadPoolExecutor(4) as at_once:  # within a minute, however busy the machine
        guesses = [
            at_once.submit(sign_in, site, f"name{number}", "guess", "192.0.2.1")
            for number in range(10)
        ]
    assert {guess.result().status_code for guess in guesses} == {200}
    assert sign_in(site, "reviewer", PASSWORD, "192.0.2.1").status_code == 200, "locked"
    assert sign_in(site, "reviewer", PASSWORD, "192.0.2.2").status_code == 302
