"""Every URL of the site stands in a table of this test, or the test fails."""

from __future__ import annotations

import pytest
from django.urls import Resolver404, resolve

from postgres import both_purposes, numbers_of
from site_urls import marked, urls

ALL = frozenset({"analyst", "reviewer", "handler", "compliance", "administrator", "auditor"})
SEEING = ALL - {"administrator"}
ADDING = frozenset({"analyst", "handler", "compliance"})
DECIDING = frozenset({"analyst", "reviewer", "compliance"})
REVEALING = frozenset({"reviewer", "handler", "compliance"})
GUIDED = frozenset({"analyst", "reviewer", "compliance", "auditor"})
TRYING = frozenset({"analyst", "compliance"})
SETTING = frozenset({"compliance"})
AUDITING = frozenset({"compliance", "administrator", "auditor"})
WATCHING = frozenset({"compliance", "auditor"})
ANSWERING = frozenset({"compliance"})
MANAGING = frozenset({"administrator"})
LETTING_IN = frozenset({"compliance", "administrator"})

WHO = {
    "home": ALL,
    "alerts": SEEING,
    "alert": SEEING,
    "decide": DECIDING,
    "undo": DECIDING,
    "bulk": DECIDING,
    "filters": DECIDING,
    "search": SEEING,
    "intake": SEEING,
    "new_source": ADDING,
    "send": ADDING,
    "delivery": SEEING,
    "progress": SEEING,
    "refused": SEEING,
    "items": SEEING,
    "item": SEEING,
    "mapping": ADDING,
    "change_source": ADDING,
    "try_again": ADDING,
    "withdraw": ADDING,
    "export_refused": ADDING,
    "mend": ADDING,
    "reveal": REVEALING,
    "audit": AUDITING,
    "export_audit": AUDITING,
    "alarms": WATCHING,
    "answer_alarm": ANSWERING,
    "people": AUDITING,
    "person": AUDITING,
    "new_person": MANAGING,
    "rights_of_person": MANAGING,
    "active_person": MANAGING,
    "factor_of_person": MANAGING,
    "password_of_person": MANAGING,
    "sign_out_person": MANAGING,
    "sessions": ALL,
    "end_session": ALL,
    "end_other_sessions": ALL,
    "clients": LETTING_IN,
    "new_token": LETTING_IN,
    "revoke_token": LETTING_IN,
    "new_endpoint": LETTING_IN,
    "endpoint": LETTING_IN,
    "test_endpoint": LETTING_IN,
    "close_endpoint": LETTING_IN,
    "api_reference": ALL,
    "guides": GUIDED,
    "guide": GUIDED,
    "feature": GUIDED,
    "features": GUIDED,
    "features_moved": GUIDED,
    "settings": GUIDED,
    "change_setting": SETTING,
    "undo_setting": SETTING,
    "draft_feature": TRYING,
    "draft": GUIDED,
    "take_draft": TRYING,
    "run_draft": TRYING,
    "run": GUIDED,
    "run_progress": GUIDED,
    "cancel_run": TRYING,
    "dashboard": SEEING,
    "drawing": SEEING,
}
"""Who may ask for what: written out here on purpose, not read from the site."""
WHY = {"why": "as was asked"}
SWITCH = {"what": "switch", "of": "credit-repair/paid-erasure", "off": "on", "why": "自家广告"}
SENT = {
    "change_setting": SWITCH,
    "undo_setting": {},
    "draft_feature": {},
    "run_draft": {},
    "cancel_run": {},
    "decide": {"after": "unsure"},
    "undo": {},
    "bulk": {},
    "filters": {"name": "x"},
    "send": {},
    "new_source": {},
    "change_source": {},
    "try_again": {},
    "withdraw": {},
    "export_refused": {},
    "mend": {},
    "answer_alarm": {"note": "looked into"},
    "rights_of_person": {"role": "analyst", **WHY},
    "active_person": WHY,
    "factor_of_person": WHY,
    "password_of_person": WHY,
    "sign_out_person": WHY,
    "end_session": {},
    "end_other_sessions": {},
    "new_token": {},
    "revoke_token": {},
    "new_endpoint": {},
    "test_endpoint": {},
    "close_endpoint": {},
}
"""What takes POST alone, with something to send."""
SHOWN_AT_ONCE = {
    "draft_feature", "new_source", "export_refused", "password_of_person", "new_token",
    "new_endpoint",
}  # fmt: skip
"""What answers a POST with a page or a file rather than with the way to one."""
NUMBERED = sorted({
    "alert", "decide", "undo", "send", "delivery", "progress", "refused", "reveal", "items", "item",
    "mapping", "change_source", "try_again", "withdraw", "export_refused", "mend",
    "revoke_token", "endpoint", "test_endpoint", "close_endpoint",
    "run", "run_progress", "cancel_run",
})  # fmt: skip
FOR_PROGRAMS = {
    "openapi-json", "api-root", "api_screen", "api_send", "api_delivery", "api_alerts",
    "api_alert", "api_decide",
}  # fmt: skip
FOR_STRANGERS = {
    "health", "set_language", "account_login", "mfa_authenticate", "openid_connect_login",
    "openid_connect_callback",
}  # fmt: skip
FOR_ANYBODY = {
    "account_logout", "account_reauthenticate", "account_change_password", "mfa_index",
    "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn",
    "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_reauthenticate_webauthn",
}  # fmt: skip
ABSENT = {
    "/accounts/signup/", "/accounts/inactive/", "/accounts/email/", "/accounts/confirm-email/",
    "/accounts/confirm-email/abc/", "/accounts/password/set/", "/accounts/password/reset/",
    "/accounts/password/reset/done/", "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/1-abc/", "/accounts/login/code/confirm/",
    "/accounts/reauthenticate/code/", "/accounts/reauthenticate/code/confirm/",
    "/accounts/login/code/", "/accounts/2fa/webauthn/login/", "/accounts/2fa/trust/",
    "/accounts/social/connections/", "/accounts/3rdparty/", "/accounts/sessions/",
    "/admin/", "/_allauth/browser/v1/auth/login",
}  # fmt: skip
OWN = {"analyst": "governance", "handler": "complaints"}
"""Purposes of those that don't see all: the others may do the test's work in governance."""


@pytest.fixture(scope="module")
def numbers(loaded):
    with both_purposes(loaded):
        yield {one: numbers_of(loaded, one) for one in ("governance", "complaints")}


def of(role):
    return OWN.get(role, "governance")


def ask(client, url, numbers, method):
    path = url.filled(numbers)
    post = method == "post"
    answer = client.post(path, SENT.get(url.name, {})) if post else client.get(path)
    if answer.streaming:  # its file is closed once it is read
        b"".join(answer.streaming_content)
    return answer


def test_every_url_is_on_a_list(place):
    names = {one.name for one in urls()}
    absent = {one.name for one in urls() if any(_fits(one, path) for path in ABSENT)}
    assert set(marked()) == set(WHO)
    assert names == set(WHO) | FOR_STRANGERS | FOR_ANYBODY | FOR_PROGRAMS | absent


def test_each_right_opens_something_and_each_mark_is_a_right(place):
    from lianfang.web.institution.rights import RIGHTS

    assert set(RIGHTS) == ALL
    assert {one.right for one in marked().values()} == set().union(*RIGHTS.values())


def _fits(url, path):
    try:
        return resolve(path).url_name == url.name
    except Resolver404:
        return False


@pytest.mark.parametrize("role", sorted(ALL))
@pytest.mark.parametrize("name", sorted(WHO))
def test_each_role_gets_its_pages_and_no_other(numbers, browser, role, name):
    url, client = marked()[name], browser(role)
    if role not in WHO[name]:
        for method in ("get", "post"):
            assert ask(client, url, numbers[of(role)], method).status_code == 404
    elif name in SENT:
        assert ask(client, url, numbers[of(role)], "get").status_code == 405
        wanted = 200 if name in SHOWN_AT_ONCE else 302
        if name == "end_session" and role != "analyst":
            wanted = 404  # the session is the analyst's
        assert ask(client, url, numbers[of(role)], "post").status_code == wanted
    else:
        wanted = 301 if name == "features_moved" else 200
        assert ask(client, url, numbers[of(role)], "get").status_code == wanted


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [*sorted(WHO), *sorted(FOR_ANYBODY)])
def test_a_stranger_is_sent_to_the_door(numbers, browser, name, method):
    [url] = [one for one in urls() if one.name == name]
    answer = ask(browser(), url, numbers["governance"], method)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/?next=/")


@pytest.mark.parametrize("role", ["handler", "analyst", "reviewer"])
@pytest.mark.parametrize("name", NUMBERED)
def test_what_is_of_another_purpose_is_not_there(numbers, browser, role, name):
    other = "governance" if role == "handler" else "complaints"
    for method in ("get", "post"):
        answer = ask(browser(role), marked()[name], numbers[other], method)
        may_but_posts_only = role in WHO[name] and name in SENT and method == "get"
        assert answer.status_code == (405 if may_but_posts_only else 404)


@pytest.mark.parametrize("number", [0, 2**31, 2**63 - 1, 2**63, 10**30, "9" * 5000])
@pytest.mark.parametrize("name", NUMBERED)
def test_a_number_that_nothing_has(browser, numbers, name, number):
    made = dict.fromkeys(numbers["governance"], number)
    method = "post" if name in SENT else "get"
    assert ask(browser("compliance"), marked()[name], made, method).status_code == 404


@pytest.mark.parametrize("role", ["", "administrator", "compliance"])
@pytest.mark.parametrize("path", sorted(ABSENT))
def test_pages_that_the_site_does_not_have(browser, role, path):
    answer = browser(role).get(path)
    assert answer.status_code == 404 or (not role and answer.status_code == 302)
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith("/accounts/login/?next=/")


def test_open_pages_say_nothing_to_strangers(browser):
    assert browser().get("/health/").content == b"ok"
    assert browser().get("/accounts/login/").status_code == 200
    assert browser().get("/accounts/2fa/authenticate/").headers["Location"] == "/accounts/login/"
    assert browser().post("/language/setlang/", {"language": "en"}).headers["Location"] == "/"
