"""What a stranger may write into an address, a form or a file breaks nothing and runs nowhere."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from elements import read_html
from postgres import both_purposes, numbers_of, session
from site_urls import marked

HOSTILE = [
    "\0", "nul \0 within", "x" * 20_000, "9" * 5000, "-1", "1e9", "99999999999999999999",
    "' OR 1=1 --",
    "'; DROP TABLE core_event; --", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>',
    "{{ 7919*7919 }}{% debug %}", "%s%n%x", "../../etc/passwd",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe", "\u202e\u0000\u200b", "\r\nSet-Cookie: a=b", "",
]  # fmt: skip
FIELDS = {
    "/alerts/": (
        "queue", "state", "activity", "kind", "sure", "least", "source", "platform", "who", "age",
        "from", "to", "order", "after", "before",
    ),
    "alert": ("queue", "state", "activity", "kind", "who", "from"),
    "/alerts/search/": ("q", "before", "alerts"),
    "/intake/": ("page",),
    "delivery": ("after",),
    "items": ("after",),
    "/audit/": ("who", "what", "object", "since", "until", "address", "after"),
    "/audit/alarms/": ("page",),
    "/people/": ("q", "page"),
    "/clients/": ("page",),
    "endpoint": ("page",),
    "/accounts/login/": ("next",),
    "/accounts/reauthenticate/": ("next",),
}  # fmt: skip
TEXT = "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7919*7919 }} \"' ⟦phone:1⟧"


@pytest.fixture(scope="module")
def numbers(loaded):
    with both_purposes(loaded):
        yield numbers_of(loaded, "governance")


@pytest.fixture
def client(browser):
    return browser("compliance", raise_request_exception=False)


def path(name, numbers):
    return name if name[0] == "/" else marked()[name].filled(numbers)


def check(html):
    """A page is whole, and nothing that was sent became markup of it."""
    page = read_html(html)
    own = {script.attrs.get("src") for script in page.all("script")}
    images = [one for one in page.all("img") if one.attrs.get("src") == "x"]
    handlers = [one for one in page.all() for name in one.attrs if name.startswith("on")]
    return (
        own <= {"/static/lianfang/site.js", "/static/lianfang/intake.js"}
        and not images
        and not handlers
        and "62710561" not in html
    )


NUMBERS = {("filters", "remove"), ("filters", "restore")}
"""Fields that say which row is meant: none is called by what isn't a number."""


@pytest.mark.parametrize(("name", "field"), [(n, f) for n, all_ in FIELDS.items() for f in all_])
def test_an_address(client, numbers, name, field):
    for value in HOSTILE:
        answer = client.get(f"{path(name, numbers)}?{field}={quote(value)}")
        sent = (name, field, value[:30])
        assert answer.status_code in (200, 302, 404), sent
        assert answer.status_code != 302 or name == "/accounts/login/", sent
        html = answer.content.decode()
        assert "<script>alert" not in html, sent
        assert "<img src=x" not in html, sent


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("decide", "after"),
        ("decide", "reason"),
        ("decide", "version"),
        ("decide", "to"),
        ("decide", "until"),
        ("bulk", "ticked"),
        ("filters", "name"),
        ("filters", "remove"),
        ("filters", "restore"),
        ("search", "q"),
        ("reveal", "why"),
        ("new_source", "name"),
        ("new_source", "basis"),
        ("new_source", "kind"),
        ("new_source", "purpose"),
        ("new_token", "token-name"),
        ("new_token", "token-scopes"),
        ("new_token", "token-purposes"),
        ("new_token", "token-days"),
        ("new_endpoint", "hook-url"),
        ("new_endpoint", "hook-events"),
        ("change_source", "name"),
        ("mapping", "column-0"),
        ("/accounts/login/", "login"),
        ("/accounts/login/", "password"),
        ("/accounts/reauthenticate/", "password"),
        ("/language/setlang/", "language"),
        ("/language/setlang/", "next"),
    ],
)
def test_a_form(client, browser, numbers, name, field):
    told = {"after": "rejected", "reason": "why", "name": "n", "basis": "b", "kind": "post",
            "purpose": "governance", "token-name": "n", "token-scopes": "screen", "token-days": "9",
            "token-per_minute": "60", "hook-url": "https://a.example/", "hook-events":
            "alert.raised", "hook-purposes": "governance", "login": "l",
            "password": "p"}  # fmt: skip
    for value in HOSTILE:
        asks = browser(raise_request_exception=False) if "login" in name else client
        body = "&".join(f"{key}={quote(one)}" for key, one in (told | {field: value}).items())
        kind = "application/x-www-form-urlencoded"
        answer = asks.post(path(name, numbers), body, content_type=kind)
        wanted = (404,) if (name, field) in NUMBERS else (200, 302, 429)
        assert answer.status_code in wanted, (name, field, value[:30])
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("value", ["\0", "<b>", "x" * 5000, "en'--", "../../etc"])
@pytest.mark.parametrize("cookie", ["django_language", "sessionid", "csrftoken", "messages"])
def test_a_cookie(client, browser, cookie, value):
    client = browser(raise_request_exception=False)
    client.cookies[cookie] = value
    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/alerts/").status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        "/alerts/%00/",
        "/%ff%fe",
        "/alerts/1;DROP/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/alerts/１/",
    ],
)
def test_a_path(client, sent):
    answer = client.get(sent)
    assert answer.status_code == 404
    assert "SECRET_KEY" not in answer.content.decode()


def test_what_was_gathered_is_text_wherever_it_is_shown(client, numbers, place):
    changed = {
        "intake_item": ("text", "platform", "account", "url"),
        "intake_source": ("name", "basis"),
        "vault_original": ("name",),
        "intake_refusedrow": ("reason", "what_to_do"),
        "alerts_decision": ("reason",),
    }
    with session(place, "owner", ["governance"]) as owner:
        before = {}
        for table, columns in changed.items():
            names = ", ".join(columns)
            before[table] = owner.execute(f"SELECT id, {names} FROM {table}").fetchall()  # noqa: S608
            sets = ", ".join(f"{one} = left(%s, 120)" for one in columns)
            owner.execute(f"UPDATE {table} SET {sets}", [TEXT] * len(columns))  # noqa: S608
        owner.commit()
        try:
            for name in (
                "/alerts/?state=",
                "alert",
                "/intake/",
                "delivery",
                "items",
                "item",
                "/audit/",
            ):
                html = client.get(path(name, numbers)).content.decode()
                check(html)
                assert "&lt;script&gt;" in html or name == "/audit/", name
        finally:
            for table, columns in changed.items():
                sets = ", ".join(f"{one} = %s" for one in columns)
                for number, *values in before[table]:
                    owner.execute(f"UPDATE {table} SET {sets} WHERE id = %s", [*values, number])  # noqa: S608
            owner.commit()
