"""Every page of the site, as a browser shows it, against WCAG 2.1 A and AA by axe."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import axe_playwright_python
import pytest

from postgres import both_purposes, numbers_of
from site_urls import urls

pytestmark = pytest.mark.slow

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
CHECK = """levels => axe.run(document, {runOnly: levels}).then(found => found.violations.map(one =>
    [one.id, ...one.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary)]))"""
DRAWN = "[...document.querySelectorAll('[data-chart]')].every(one => one.querySelector('svg'))"
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
ROLES = ("compliance", "administrator", "reviewer")
"""Between them they see every page."""
STATES = (
    "/alerts/?state=", "/alerts/?queue=protect", "/alerts/?activity=none", "/audit/?q=none",
    "/dashboard/?weeks=13", "/dashboard/?from=2001-01-01&to=2001-01-02", "/dashboard/?from=x",
)  # fmt: skip
"""Of pages: full, empty, asked in vain."""
LOOKS = {"zh light": ("zh-CN", "light"), "en dark": ("en", "dark")}


@pytest.fixture
def numbers(loaded):
    with both_purposes(loaded):
        yield numbers_of(loaded, "governance")


def paths(role, numbers):
    """The addresses that a role's pages have; the first role alone sees what all may see."""
    from lianfang.web.institution.rights import RIGHTS

    seen = set().union(*(RIGHTS[one] for one in ROLES[: ROLES.index(role)]))
    account = "/accounts/" if role == ROLES[0] else "-"
    return [
        one.filled(numbers)
        for one in urls()
        if "^" not in one.path
        and (one.right in RIGHTS[role] - seen or one.path.startswith(account))
    ]


def pages(page, addresses):
    """Those of the addresses that answer with a page, each opened in turn."""
    for address in addresses:
        answer = page.request.get(address, max_redirects=0)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if answer.status == HTTPStatus.OK and is_page:
            show(page, address)
            yield address


def show(page, address):
    page.goto(address)
    page.wait_for_function(DRAWN)
    page.evaluate(OPEN)


def faults(page):
    page.evaluate(AXE)
    return page.evaluate(CHECK, LEVELS)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("role", ROLES)
def test_no_page_breaks_a_rule(sign_in, numbers, role, look):
    page = sign_in(role, *LOOKS[look])
    walked = paths(role, numbers) + (list(STATES) if role == ROLES[0] else [])
    found = {address: told for address in pages(page, walked) if (told := faults(page))}
    assert found == {}


@pytest.mark.parametrize("look", LOOKS)
def test_the_door_breaks_no_rule(served, engine, look):
    lang, scheme = LOOKS[look]
    with engine.new_context(base_url=served, locale=lang, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto("/")
        assert page.locator("[name=password]").is_visible()
        assert faults(page) == []


@pytest.mark.parametrize("address", ["/", "/alerts/?state=", "/intake/", "/dashboard/", "/audit/"])
def test_a_telephone_shows_it_whole(sign_in, address):
    page = sign_in("compliance", scheme="dark", width=390)
    show(page, address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults(page) == []


def test_the_help_breaks_no_rule(sign_in):
    page = sign_in("compliance")
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    assert faults(page) == []
