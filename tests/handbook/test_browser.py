"""The handbook's pages in Debian's Chromium: screens, print, keyboard, and not one request."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from chromium import chromium
from lianfang.handbook.book import book
from lianfang.handbook.pages import handbook_pages
from lianfang.report.words import LANGUAGES

pytestmark = pytest.mark.slow

WIDEST = """Math.max(
    ...[...document.body.querySelectorAll("*")].map((one) => one.getBoundingClientRect().right)
)"""
A4 = (595, 842)


@pytest.fixture(scope="module")
def browser():
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def site(shipped, tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    for lang in LANGUAGES:
        (root / lang).mkdir()
        for name, page in handbook_pages(book(shipped, lang)).items():
            (root / lang / f"{name}.html").write_text(page, encoding="utf-8")
    return root


@pytest.fixture
def visit(browser, site):
    """Open a page; fail where it complains or asks for anything but itself."""
    complaints, opened = [], []

    def visit(name, **options):
        context = browser.new_context(**options)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda request: complaints.extend(_others(request, site)))
        page.goto((site / name).as_uri())
        return page

    yield visit
    for context in opened:
        context.close()
    assert complaints == []


def _others(request, site):
    """What is asked for beside pages of the handbook that are gone to."""
    gone_to = request.is_navigation_request() and request.url.startswith(site.as_uri())
    return [] if gone_to or request.url == "data:," else [request.url]


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_wider_than_the_screen(visit, lang, width):
    for name in ("index", "illegal-policy-surrender", "law", "sources"):
        page = visit(f"{lang}/{name}.html", viewport={"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate(WIDEST) <= width, name


def test_a_narrow_screen_shows_the_playbook_step_by_step(visit):
    page = visit("zh/credit-repair.html", viewport={"width": 390, "height": 900})
    expect(page.get_by_role("table")).to_have_count(1)
    expect(page.get_by_role("columnheader")).to_have_count(6)
    do = page.locator(".playbook td.do").first.bounding_box()
    never = page.locator(".playbook td.must_not").first.bounding_box()
    assert do["width"] > 300
    assert never["y"] >= do["y"] + do["height"]
    expect(page.locator(".playbook td.must_not b").first).to_be_visible()


def test_dark_is_dark_and_light_is_light(visit):
    shade = "getComputedStyle(document.body).backgroundColor"
    light = visit("zh/index.html", color_scheme="light").evaluate(shade)
    dark = visit("zh/index.html", color_scheme="dark").evaluate(shade)
    assert light != dark


def test_the_first_tab_skips_to_the_contents(visit):
    page = visit("zh/credit-repair.html")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#contents")).to_be_focused()


def test_from_the_index_to_an_article_and_to_the_other_language(visit):
    page = visit("zh/index.html")
    page.locator(".cards a", has_text="征信修复").click()
    expect(page.locator("h1")).to_have_text("征信修复")
    page.locator(".playbook .law a").first.click()
    expect(page.locator("div:target")).to_be_in_viewport()
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Credit repair")


def test_print_is_a4_with_numbered_pages(visit):
    page = visit("zh/credit-repair.html")
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    count = len(printed.pages)
    assert count > 5
    box = printed.pages[0].mediabox
    assert (round(box.width), round(box.height)) == A4
    assert f"2 / {count}" in printed.pages[1].extract_text()
