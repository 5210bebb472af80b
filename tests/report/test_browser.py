"""The report in Debian's Chromium: keyboard, screens, print, and not one request."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chromium import chromium
from lianfang import Screener
from lianfang.report import write_report

pytestmark = pytest.mark.slow

OFFER = "黑户dai款,百分百下款,加微信 dk8899"
TEXTS = [
    OFFER,
    "黑户贷款找我,加微信13812340000",
    *(f"第{n}天,天气不错,\u202e去公园" for n in range(6)),
    "今天很长。" * 500 + OFFER,
]


@pytest.fixture(scope="module")
def browser():
    with chromium() as launched:
        yield launched


@pytest.fixture
def report(make_library, tmp_path):
    library = make_library(tmp_path / "guides")
    path = tmp_path / "report.html"
    pairs = zip(Screener(library.root).screen(TEXTS), TEXTS, strict=True)
    made_at = datetime(2025, 11, 23, tzinfo=UTC)
    write_report(path, pairs, library, title="报告", made_at=made_at, thresholds=(0.4, 0.65))
    return path.as_uri()


@pytest.fixture
def visit(browser, report):
    """Open the report; fail where it complains or asks for anything but itself."""
    complaints, opened = [], []

    def visit(**options):
        context = browser.new_context(**options)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.extend(_others(request.url, report)))
        page.goto(report)
        return page

    yield visit
    for context in opened:
        context.close()
    assert complaints == []


def _others(url, report):
    return [] if url in (report, "data:,") else [url]


def test_the_filter_works_by_keyboard(visit):
    page = visit()
    count, shown = page.locator("#count"), page.locator("#cards > li:visible")
    expect(count).to_have_text("显示 9 / 9 条")
    page.get_by_role("button", name="需处置").focus()
    page.keyboard.press("Enter")
    expect(count).to_have_text("显示 3 / 9 条")
    expect(shown).to_have_count(3)
    expect(page.get_by_role("button", name="需处置")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="全部")).to_have_attribute("aria-pressed", "false")
    page.get_by_label("查找文字或编号").focus()
    page.keyboard.type("百分百下款 DAI款")
    expect(count).to_have_text("显示 2 / 9 条")
    page.keyboard.press("Enter")
    expect(count).to_have_text("显示 2 / 9 条")
    page.get_by_role("button", name="清除筛选").press("Space")
    expect(count).to_have_text("显示 9 / 9 条")
    expect(shown).to_have_count(9)


def test_filters_work_together_and_say_when_nothing_fits(visit):
    page = visit()
    page.get_by_label("活动").select_option("loan-scam")
    expect(page.locator("#count")).to_have_text("显示 3 / 9 条")
    page.get_by_label("语态").select_option("other")
    expect(page.locator("#count")).to_have_text("显示 0 / 9 条")
    expect(page.locator("#no-match")).to_be_visible()


def test_the_first_tab_skips_to_the_verdicts(visit):
    page = visit()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h2#verdicts")).to_be_focused()


def test_without_scripts_everything_is_there(visit):
    page = visit(java_script_enabled=False)
    expect(page.locator("#filter")).to_be_hidden()
    expect(page.locator("#cards > li:visible")).to_have_count(9)


def test_a_link_into_a_folded_guide_opens_it(visit):
    page = visit()
    page.locator("details.todo summary").first.click()
    page.locator(".onward a").first.click()
    expect(page.locator("#guide-loan-scam")).to_have_attribute("open", "")
    expect(page.locator("#guide-loan-scam summary")).to_be_in_viewport()


def test_pointing_at_a_reason_lights_its_places(visit):
    page = visit()
    page.locator("[data-reason]").first.hover()
    assert page.locator("mark.lit").count() > 0
    page.locator("h1").hover()
    assert page.locator("mark.lit, mark.dim").count() == 0


def test_a_contribution_lights_its_places_by_keyboard(visit):
    page = visit()
    button = page.locator(".made-of button").first
    button.focus()
    assert page.locator("mark.lit").count() > 0
    page.keyboard.press("Tab")
    page.locator(".skip").focus()
    assert page.locator(".lit, .dim").count() == 0
    bars = page.locator("#card-1 .bars")
    expect(bars.get_by_role("listitem").first).to_contain_text("指向可疑")
    assert bars.locator(".balance i").first.bounding_box()["width"] > 20


def test_bars_stand_on_their_side(visit):
    page = visit()
    box = page.locator(".balance.for").first.bounding_box()
    bar = page.locator(".balance.for i").first.bounding_box()
    assert bar["x"] == pytest.approx(box["x"] + box["width"] / 2, abs=1)


def test_a_shared_indicator_leads_to_its_card_whatever_is_filtered(visit):
    page = visit()
    shared = page.locator(".shared tbody tr")
    expect(shared).to_have_count(1)
    expect(shared).to_contain_text("微信 dk•••9")
    link = shared.get_by_role("link").last
    for _ in range(2):
        page.get_by_role("button", name="未见可疑").click()
        target = page.locator(link.get_attribute("href"))
        expect(target).to_be_hidden()
        link.focus()
        page.keyboard.press("Enter")
        expect(target).to_be_in_viewport()
        expect(page.locator("#count")).to_have_text("显示 9 / 9 条")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_is_wider_than_the_screen(visit, width):
    page = visit(viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_is_dark_and_light_is_light(visit):
    shade = "getComputedStyle(document.body).backgroundColor"
    light = visit(color_scheme="light").evaluate(shade)
    dark = visit(color_scheme="dark").evaluate(shade)
    assert light != dark


def test_print_shows_all_that_is_folded_and_no_filter(visit):
    page = visit()
    page.emulate_media(media="print")
    expect(page.locator("#filter")).to_be_hidden()
    folded = page.locator("details:not([open])")
    assert folded.count() > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.count() > 0


def test_an_injected_script_is_refused(browser, report, tmp_path):
    """The policy holds: even a script that got into the file doesn't run."""
    html = Path(report.removeprefix("file://")).read_text(encoding="utf-8")
    path = tmp_path / "injected.html"
    path.write_text(html.replace("</main>", "<script>document.title = 'x'</script></main>"))
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    assert page.title() == "报告"
    assert any("Content Security Policy" in text for text in said)
    page.close()
