"""What administrators do to accounts, through their pages."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from elements import read_html

WHY = {"why": "as was asked for"}


@pytest.fixture
def admin(browser):
    return browser("administrator")


@pytest.fixture
def last(db):
    """Return a function: the latest event, as who, what and why."""
    events = apps.get_model("core.Event").objects
    return lambda: events.values_list("who", "what", "why").first()


def path(user, what=""):
    return f"/people/{user.pk}/{what}"


def made(client, **changed):
    told = {"username": "zhang.san", "role": "analyst", "usual": "on", **changed}
    return client.post("/people/new/", told)


def shown(answer):
    """The first password that a page shows."""
    return read_html(answer.content.decode()).one("p", cls="secret").text


def alarms():
    return list(apps.get_model("institution.Alarm").objects.values_list("kind", "who"))


def test_a_new_account_must_change_the_password_that_was_shown_once(admin, browser, last):
    password = shown(made(admin, shown_name="张三"))
    assert re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", password)
    assert last()[:2] == ("administrator", "account.add")
    assert password not in admin.get("/people/").content.decode()
    client = browser()
    client.post("/accounts/login/", {"login": "zhang.san", "password": password})
    for anywhere in ("/", "/alerts/", "/sessions/", "/accounts/2fa/"):
        assert client.get(anywhere).headers["Location"] == "/accounts/password/change/"
    new = {"oldpassword": password, "password1": "bamboo-rain-71", "password2": "bamboo-rain-71"}
    change = "/accounts/password/change/"
    same = client.post(change, {**new, "password1": password, "password2": password})
    assert "不能与现在的相同" in same.content.decode()
    assert client.post(change, new).headers["Location"] == "/"
    assert client.get("/alerts/").status_code == 200


@pytest.mark.parametrize(
    "changed",
    [{"username": "Analyst"}, {"username": "a b"}, {"role": "boss"}, {"username": ""},
     {"email": "no address"}, {"usual": "", "purposes": "marketing"}, {"username": "a\0b"}],
)  # fmt: skip
def test_an_account_that_cannot_be_is_not_made_and_says_why(admin, changed):
    people = apps.get_model("institution.User").objects
    before = people.count()
    answer = made(admin, **changed)
    assert answer.status_code == 200
    assert read_html(answer.content.decode()).all("p", cls="problem")
    assert people.count() == before


def test_purposes_that_are_named_are_given_and_no_others(admin):
    made(admin, usual="", purposes=["complaints"])
    assert apps.get_model("institution.User").objects.get(username="zhang.san").purposes == [
        "complaints"
    ]


def test_rights_change_with_a_reason_and_what_they_were(admin, person, last):
    told = {"role": "reviewer", "purposes": ["governance"], "why": "moved to review"}
    admin.post(path(person("analyst"), "rights/"), told)
    user = person("analyst")
    assert (user.role, user.purposes) == ("reviewer", ["governance"])
    before = "analyst: anti-telecom-fraud,governance → reviewer: governance; moved to review"
    assert last() == ("administrator", "account.rights", before)


@pytest.mark.parametrize("what", ["rights/", "active/", "factor/", "password/", "sessions/"])
@pytest.mark.parametrize("why", ["", "   ", "abc", "x" * 301])
def test_nothing_is_changed_without_a_reason(admin, person, last, what, why):
    before = last()
    told = {"role": "auditor", "purposes": [], "why": why}
    answer = admin.post(path(person("analyst"), what), told, follow=True)
    assert read_html(answer.content.decode()).all("li", cls="error")
    assert last() == before
    assert (person("analyst").role, person("analyst").is_active) == ("analyst", True)


def test_who_is_kept_out_is_out_at_once_and_comes_in_again(admin, browser, person, last):
    client = browser()
    sign_in = {"login": "analyst", "password": "long-enough-2026"}
    client.post("/accounts/login/", sign_in)
    assert client.get("/alerts/").status_code == 200
    admin.post(path(person("analyst"), "active/"), WHY)
    assert client.get("/alerts/").status_code == 302
    assert not apps.get_model("usersessions.UserSession").objects.filter(user__username="analyst")
    assert last()[1] == "account.disable"
    admin.post(path(person("analyst"), "active/"), {**WHY, "active": "1"})
    assert last()[1] == "account.enable"
    assert client.get("/alerts/").status_code == 302, "an ended session doesn't come back"
    client.post("/accounts/login/", sign_in)
    assert client.get("/alerts/").status_code == 200


def test_sessions_of_somebody_are_ended_at_once(admin, browser, person):
    client = browser()
    client.post("/accounts/login/", {"login": "analyst", "password": "long-enough-2026"})
    admin.post(path(person("analyst"), "sessions/"), WHY)
    assert client.get("/alerts/").status_code == 302


def test_nobody_changes_the_own_role_or_shuts_oneself_out(admin, person, last):
    before, own = last(), person("administrator")
    admin.post(path(own, "rights/"), {"role": "compliance", "purposes": [], **WHY})
    for what in ("active/", "factor/", "password/"):
        admin.post(path(own, what), WHY)
    assert person("administrator").role == "administrator"
    assert person("administrator").is_active
    assert last() == before


def test_the_last_administrator_stays(person):
    from lianfang.errors import InputError
    from lianfang.web.institution.people import Act, change_rights, set_active

    number, act = person("administrator").pk, Act("lianfang user disable", "leaves the house")
    with pytest.raises(InputError, match="the last one"):
        set_active(user_id=number, active=False, act=act)
    with pytest.raises(InputError, match="the last one"):
        change_rights(user_id=number, role="auditor", purposes=[], act=act)
    other = person("analyst").pk
    change_rights(user_id=other, role="administrator", purposes=[], act=act)
    assert not set_active(user_id=number, active=False, act=act).is_active


def test_purposes_that_an_administrator_gives_himself_raise_an_alarm(admin, person):
    told = {"role": "administrator", "purposes": ["governance"], "why": "just to look"}
    admin.post(path(person("administrator"), "rights/"), told)
    assert person("administrator").purposes == ["governance"]
    assert alarms() == [("own-purposes", "administrator")]
    admin.post(path(person("administrator"), "rights/"), {**told, "purposes": []})
    assert len(alarms()) == 1, "to give them back is no alarm"


def test_who_takes_both_keys_of_an_account_raises_an_alarm(admin, person):
    admin.post(path(person("analyst"), "password/"), WHY)
    admin.post(path(person("reviewer"), "factor/"), WHY)
    assert alarms() == []
    admin.post(path(person("analyst"), "factor/"), WHY)
    assert alarms() == [("keys-taken", "administrator")]


def test_a_new_first_password_replaces_the_old_one(admin, browser, person):
    password = shown(admin.post(path(person("analyst"), "password/"), WHY))
    client = browser()
    client.post("/accounts/login/", {"login": "analyst", "password": "long-enough-2026"})
    assert client.get("/").headers["Location"].startswith("/accounts/login/")
    client.post("/accounts/login/", {"login": "analyst", "password": password})
    assert client.get("/").headers["Location"] == "/accounts/password/change/"


def test_a_lost_second_factor_is_forgotten(admin, person):
    factors = apps.get_model("mfa.Authenticator").objects
    factors.create(user=person("analyst"), type="totp", data={})
    elsewhere = apps.get_model("socialaccount.SocialAccount").objects
    elsewhere.create(user=person("analyst"), provider="elsewhere", uid="7")
    assert "验证器应用" in admin.get(path(person("analyst"))).content.decode()
    admin.post(path(person("analyst"), "factor/"), WHY)
    assert not factors.filter(user=person("analyst"))
    assert not elsewhere.filter(user=person("analyst"))


def test_people_are_found_by_a_part_of_a_name_and_paged(admin, person):
    users = apps.get_model("institution.User").objects
    users.bulk_create([users.model(username=f"p{n:03}", role="analyst") for n in range(60)])
    pages = [admin.get("/people/", {"page": n}).content.decode() for n in (1, 2)]
    assert sum(page.count('scope="row"') for page in pages) == 66
    found = read_html(admin.get("/people/", {"q": "P05"}).content.decode())
    assert len(found.all("th", scope="row")) == 10


@pytest.mark.parametrize("role", ["auditor", "compliance"])
def test_who_watches_sees_people_and_changes_none(browser, person, role):
    page = read_html(browser(role).get(path(person("analyst"))).content.decode())
    assert not page.one("main").all("form")
    assert not read_html(browser(role).get("/people/").content.decode()).all(href="/people/new/")
