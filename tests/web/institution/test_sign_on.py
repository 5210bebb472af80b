"""Signing in elsewhere, at an issuer that runs."""

from __future__ import annotations

import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.test import override_settings

from elements import read_html
from issuers import issuer
from lianfang.web.sign_on import SignOn
from oidc_provider import CLIENT, FAULTS, SECRET
from web_sites import free_port

GO, BACK = "/accounts/elsewhere/", "/accounts/elsewhere/back/"


@pytest.fixture(scope="module")
def address():
    with issuer() as address:
        yield address


def configured(address, claim="email"):
    """The site as it is told of an issuer."""
    there = SignOn(address, CLIENT, SECRET, "Keys", claim)
    return override_settings(SIGN_ON=there, SOCIALACCOUNT_PROVIDERS=there.providers())


@pytest.fixture
def there(address, person):
    """Give the site an issuer, and the analyst the address that is known there."""
    user = person("analyst")
    user.email = "Analyst@house.example"
    user.save()
    with configured(address):
        yield


def leave(client, **told):
    """Go to the issuer; what its page offers, by person."""
    page = read_html(client.post(GO, told).content.decode())
    away = page.one("section").one("a").attrs["href"]
    with urllib.request.urlopen(away) as answer:
        links = read_html(answer.read().decode()).all("a")
    return {link.text: link.attrs["href"] for link in links}


def come_back(client, link):
    return client.get(f"{BACK}?{urlsplit(link).query}")


def sign_in(client, name, **told):
    return come_back(client, leave(client, **told)[name])


def recorded(count=2):
    events = apps.get_model("core.Event").objects.values_list("who", "what", "why")
    return list(events[:count])[::-1]


def connected():
    return list(apps.get_model("socialaccount.SocialAccount").objects.values_list(
        "user__username", "uid", "extra_data"
    ))  # fmt: skip


def test_an_account_is_found_by_a_verified_address_and_known_ever_after(there, browser, person):
    client = browser()
    answer = sign_in(client, "analyst", next="/alerts/?queue=protect")
    assert answer.headers["Location"] == "/alerts/?queue=protect"
    assert client.get("/alerts/").status_code == 200
    assert connected() == [("analyst", "a-1", {})]
    assert [what for _, what, _ in recorded()] == ["account.connect", "account.login"]
    user = person("analyst")
    user.email = "changed@house.example"
    user.save()
    again = browser()
    sign_in(again, "analyst")
    assert again.get("/alerts/").status_code == 200
    assert not apps.get_model("socialaccount.SocialToken").objects.exists()


@pytest.mark.parametrize("name", ["stranger", "unverified", "dotless"])
def test_nobody_is_made_of_who_has_no_account(there, browser, person, name):
    other = person("reviewer")
    other.email = "inna@house.example"
    other.save()
    people = apps.get_model("institution.User").objects
    before, client = people.count(), browser()
    answer = sign_in(client, name)
    assert answer.headers["Location"] == "/accounts/login/"
    assert "没有对应的在用账号" in client.get("/accounts/login/").content.decode()
    assert client.get("/").status_code == 302
    assert people.count() == before
    assert connected() == []
    assert recorded(1) == [("-", "account.refused", "elsewhere: no account")]


def test_who_was_kept_out_here_is_kept_out_by_that_way_too(there, browser, person):
    sign_in(browser(), "analyst")
    for bound in (True, False):
        user = person("analyst")
        user.is_active = False
        user.save()
        if not bound:
            apps.get_model("socialaccount.SocialAccount").objects.all().delete()
        client = browser()
        sign_in(client, "analyst")
        assert client.get("/").status_code == 302
        assert recorded(1)[0][1] == "account.refused"


def test_an_address_that_was_handed_on_opens_nothing(there, browser):
    sign_in(browser(), "analyst")
    client = browser()
    sign_in(client, "another")
    assert client.get("/").status_code == 302
    assert "绑定另一个身份" in client.get("/accounts/login/").content.decode()
    assert recorded(1) == [("-", "account.refused", "elsewhere: account of another person")]


def test_two_accounts_of_one_address_are_nobodys(there, browser, person):
    other = person("reviewer")
    other.email = "analyst@house.example"
    other.save()
    client = browser()
    sign_in(client, "analyst")
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("fault", FAULTS)
def test_what_proves_nothing_lets_nobody_in(there, browser, fault):
    client = browser()
    answer = sign_in(client, f"analyst!{fault}")
    assert answer.headers["Location"] == "/accounts/login/", fault
    assert client.get("/").status_code == 302
    assert connected() == []
    assert recorded(1)[0][1] == "account.refused"


def test_an_answer_is_of_use_once_and_to_who_asked_alone(there, browser):
    asker, other = browser(), browser()
    link = leave(asker)["analyst"]
    assert come_back(other, link).headers["Location"] == "/accounts/login/"
    assert other.get("/").status_code == 302
    assert come_back(asker, link).headers["Location"] == "/"
    asker.post("/accounts/logout/")
    assert come_back(asker, link).headers["Location"] == "/accounts/login/"


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?error=access_denied&state=x"])
def test_an_answer_that_nobody_asked_for(there, browser, query):
    assert browser().get(f"{BACK}{query}").headers["Location"] == "/accounts/login/"


def test_a_name_that_people_cannot_choose_finds_an_account_too(address, there, browser):
    with configured(address, claim="preferred_username"):
        client = browser()
        sign_in(client, "analyst")
        assert client.get("/alerts/").status_code == 200


def test_the_second_factor_is_asked_for_by_that_way_too(there, browser, person):
    apps.get_model("mfa.Authenticator").objects.create(
        user=person("analyst"), type="totp", data={"secret": ""}
    )
    client = browser()
    assert sign_in(client, "analyst").headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/alerts/").status_code == 302


def test_in_production_a_second_factor_must_be_set_up(there, browser):
    with override_settings(PRODUCTION=True):
        client = browser()
        sign_in(client, "analyst")
        assert client.get("/alerts/").headers["Location"] == "/accounts/2fa/"
        assert client.get("/accounts/2fa/totp/activate/").status_code == 200, "without a password"


def test_a_first_password_that_nobody_was_told_holds_nobody_up(there, browser, person):
    user = person("analyst")
    user.must_change_password = True
    user.save()
    client = browser()
    sign_in(client, "analyst")
    assert client.get("/alerts/").status_code == 200


def test_an_issuer_that_cannot_be_reached_is_told(there, browser):
    with configured(f"http://127.0.0.1:{free_port()}"):
        client = browser()
        assert client.post(GO).headers["Location"] == "/accounts/login/"
        assert "没有成功" in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example"])
def test_nobody_is_sent_to_another_site_afterwards(there, browser, to):
    assert sign_in(browser(), "analyst", next=to).headers["Location"] == "/"


def test_the_way_there_asks_for_a_proof_and_the_way_back_is_ours(there, browser):
    page = read_html(browser().post(GO).content.decode())
    asked = parse_qs(urlsplit(page.one("section").one("a").attrs["href"]).query)
    assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert {"state", "nonce", "code_challenge"} <= set(asked)


def test_without_an_issuer_there_is_no_such_way(browser):
    assert browser().post(GO).status_code == 404
    assert browser().get(BACK).status_code == 404
    assert GO not in browser().get("/accounts/login/").content.decode()
