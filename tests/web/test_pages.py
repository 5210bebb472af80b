"""Every page as its reader gets it: its language, its headings, its forms, what it costs."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from elements import read_html
from postgres import both_purposes, numbers_of
from site_urls import marked

MOST_QUERIES = 12
PAGES = {
    "home": "/",
    "alerts": "/alerts/",
    "all alerts": "/alerts/?state=",
    "protect": "/alerts/?queue=protect",
    "put off": "/alerts/?state=snoozed&who=mine&age=7&order=oldest",
    "search": "/alerts/search/",
    "found": "/alerts/search/?q=%E5%BE%81%E4%BF%A1",
    "found nothing": "/alerts/search/?q=%E9%BE%98%E9%BE%98",
    "too short": "/alerts/search/?q=%E5%BE%81",
    "empty": "/alerts/?activity=none",
    "alert": "alert",
    "features": "/guides/features/",
    "guides": "/guides/",
    "guide": "guide",
    "shared features": "/guides/shared/",
    "feature": "feature",
    "settings": "/guides/settings/",
    "draft": "draft",
    "run": "run",
    "changes of a kind": "/guides/runs/{run_id}/?kind=stance",
    "intake": "/intake/",
    "delivery": "delivery",
    "columns": "mapping",
    "items": "items",
    "item": "item",
    "value": "reveal",
    "audit": "/audit/",
    "nothing on record": "/audit/?who=none",
    "alarms": "/audit/alarms/",
    "people": "/people/",
    "nobody": "/people/?q=none",
    "person": "person",
    "sessions": "/sessions/",
    "keys": "/accounts/2fa/webauthn/",
    "clients": "/clients/",
    "webhook": "endpoint",
    "API reference": "/clients/reference/",
    "dashboard": "/dashboard/",
    "no alerts in a period": "/dashboard/?from=2001-01-01&to=2001-01-02",
    "second factor": "/accounts/2fa/",
    "password": "/accounts/password/change/",
    "confirm": "/accounts/reauthenticate/",
    "leave": "/accounts/logout/",
}
LANGUAGES = {"zh-hans": "zh-CN", "en": "en"}
JSON = re.compile('(?s)(?<="application/json">).*?(?=</script>)')
UNSEEN = ("hidden", "submit")


@pytest.fixture(scope="module")
def numbers(loaded):
    with both_purposes(loaded):
        yield numbers_of(loaded, "governance")


@pytest.fixture
def get(browser, numbers):
    """Return a function: the answer to a page of the list above, in a language."""
    known = {"compliance": browser("compliance"), "analyst": browser("analyst"), "": browser()}

    def get(name, language="zh-hans", role="compliance"):
        known[role].cookies["django_language"] = language
        page = PAGES.get(name, name)
        path = page.format(**numbers) if page[0] == "/" else marked()[page].filled(numbers)
        return known[role].get(path)

    return get


def named(control, page):
    """What a control is called: by a label around it or for it, or by itself."""
    around = [label for label in page.all("label") if any(one is control for one in label.all())]
    labels = around + page.all("label", **{"for": control.attrs.get("id", "-")})
    return "".join(label.text for label in labels).strip() or control.attrs.get("aria-label")


def check(page, language):
    """What holds of every page."""
    assert page.one("html").attrs["lang"] == LANGUAGES[language]
    assert len(page.all("h1")) == 1
    assert page.one("h1").text.strip()
    assert page.one("title").text.strip().strip("·").strip()
    assert len(page.all("main")) == 1
    for control in [*page.all("input"), *page.all("select"), *page.all("textarea")]:
        if control.attrs.get("type") not in UNSEEN:
            assert named(control, page), control.attrs
    for thing in (*page.all("button"), *page.all("a")):
        assert thing.text.strip(), thing.attrs
    for image in page.all("img"):
        assert image.attrs.get("alt") is not None
    assert not [one for one in page.all() if "style" in one.attrs]
    ids = [one.attrs["id"] for one in page.all() if "id" in one.attrs]
    assert len(ids) == len(set(ids))
    for form in page.all("form", method="post"):
        assert form.all("input", name="csrfmiddlewaretoken")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_in_the_readers_language(get, name, language):
    answer = get(name, language)
    assert answer.status_code == 200
    html = JSON.sub("", answer.content.decode())
    assert not [sign for sign in ("{{", "}}", "{%", "{name}", "{n}", "None<") if sign in html]
    check(read_html(html), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_door_is_whole(get, language):
    answer = get("/accounts/login/", language, role="")
    page = read_html(answer.content.decode())
    check(page, language)
    assert [
        one.attrs.get("autocomplete")
        for one in page.one("main").all("input", "")
        if "autocomplete" in one.attrs
    ] == ["username", "current-password"]


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "没有这个"), ("en", "no such page")])
def test_what_is_not_there_says_so_in_the_readers_language(get, language, said):
    answer = get("/nothing/", language)
    assert answer.status_code == 404
    page = read_html(answer.content.decode())
    assert page.one("html").attrs["lang"] in (LANGUAGES[language], language[:2])
    assert page.one("h1").text == "404"
    assert said in page.text
    assert page.one("a", href="/")


def test_what_may_not_be_seen_looks_as_if_it_were_not_there(get):
    hidden = get("/audit/", role="analyst")
    missing = get("/nothing/", role="analyst")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


@pytest.fixture
def queries(get):
    """Return a function: the queries that a page makes once its reader is known."""

    def queries(name):
        get(name)
        with CaptureQueriesContext(connection) as made:
            get(name)
        # A transaction of the site is a savepoint in that of the test.
        return [one["sql"] for one in made if "SAVEPOINT" not in one["sql"]]

    return queries


@pytest.mark.parametrize("name", PAGES)
def test_a_page_makes_few_queries(queries, name):
    said = queries(name)
    assert 0 < len(said) <= MOST_QUERIES, said


@pytest.mark.parametrize(
    ("full", "empty"), [("all alerts", "empty"), ("audit", "nothing on record")]
)
def test_rows_cost_no_queries_of_their_own(queries, full, empty):
    # Of nothing not even the rows are asked for; three rows and more are on the full page.
    assert len(queries(full)) <= len(queries(empty)) + 1
