"""What an analyst does in a day, in a real browser on a real deployment, in both languages."""

from __future__ import annotations

import pytest

from chromium import chromium
from deployments import deployed
from web_sites import LETTERS, PASSWORD, POSTS

pytestmark = pytest.mark.slow

WORDS = {
    "zh": {"lang": "zh-CN", "save": "保存", "state": "已完成", "confirmed": "已确认",
           "undone": "已恢复", "rejected": "已驳回", "why": "理由",
           "basis": "个人信息保护法第十三条"},
    "en": {"lang": "en", "save": "Save", "state": "done", "confirmed": "confirmed",
           "undone": "as before", "rejected": "rejected", "why": "Reasons", "basis": "PIPL 13"},
}  # fmt: skip


@pytest.fixture(scope="module")
def site():
    """The address of a deployment with an analyst and a reviewer."""
    with deployed("analyst", "reviewer", "handler", workers=1) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def engine():
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(site, engine):
    """Return a function: a page signed in as a role; at the end, nothing went wrong on any."""
    troubles, contexts = [], []

    def visit(role, lang, width=1280):
        context = engine.new_context(locale=lang, viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: troubles.append(told.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("response", lambda got: troubles.append(got.url) if got.status >= 400 else None)
        page.goto(f"{site}/")
        page.fill("[name=login]", role)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{site}/")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert troubles == []


def send(page, site, lang, name, content):
    """Tell of a source and send it a file; wait until it is worked through."""
    page.goto(f"{site}/intake/")
    if not page.locator("[name=basis]").is_visible():
        page.locator("details summary", has=page.locator("xpath=..//input[@name='basis']")).click()
    page.fill("#id_name", name)
    page.fill("[name=basis]", WORDS[lang]["basis"])
    page.click(f"button:text-is('{WORDS[lang]['save']}')")
    box = page.locator("section.source", has=page.get_by_role("heading", name=name, exact=True))
    file = {"name": "posts.csv", "mimeType": "text/csv", "buffer": content.encode("gb18030")}
    box.locator("[name=file]").set_input_files(file)
    box.locator("[data-files] button").click()
    page.wait_for_url("**/deliveries/*/")
    page.locator("[data-progress]").wait_for(state="detached", timeout=60_000)
    assert page.locator("[data-state]").inner_text() == WORDS[lang]["state"]


def counted(page):
    return [int(page.locator(f"[data-count={one}]").inner_text()) for one in
            ("added", "repeated", "refused", "suspect")]  # fmt: skip


@pytest.mark.parametrize("lang", WORDS)
def test_send_triage_undo(visit, site, lang):
    words = WORDS[lang]
    page = visit("analyst", words["lang"])
    send(
        page, site, lang, f"巡查 {lang}", POSTS.replace("全国", "全国" if lang == "zh" else "各地")
    )
    assert counted(page) == [5, 0, 1, 3]
    assert page.locator("tbody tr").count() == 1
    page.goto(f"{site}/alerts/")
    assert page.locator("html").get_attribute("lang") == words["lang"]
    before = page.locator("[data-row]").count()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/alerts/*/?*")
    first = page.url
    assert page.get_by_role("heading", name=words["why"], exact=True).is_visible()
    page.keyboard.press("c")
    page.locator("[data-undo]").wait_for()
    assert words["confirmed"] in page.locator(".messages").inner_text()
    page.keyboard.press("z")
    page.wait_for_url(first)
    assert words["undone"] in page.locator(".messages").inner_text()
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.type("正常广告")
    page.locator("[value=rejected]").click()
    page.locator("[data-undo]").wait_for()
    assert words["rejected"] in page.locator(".messages").inner_text()
    page.goto(f"{site}/alerts/")
    assert page.locator("[data-row]").count() == before - 1


def test_a_value_is_shown_for_a_reason(visit, site):
    send(visit("analyst", "zh-CN"), site, "zh", "求证", POSTS)
    page = visit("reviewer", "zh-CN")
    page.goto(f"{site}/alerts/?queue=act&state=")
    page.locator("[data-row]", has_text="手机号").first.click()
    assert "138" not in page.locator("main").inner_text()
    page.goto(
        page.url.partition("/alerts/")[0]
        + page.locator(".text .value a").first.get_attribute("href")
    )
    page.fill("[name=why]", "回拨核实")
    page.press("[name=why]", "Enter")
    page.locator(".big.raw").wait_for()
    assert page.locator(".big.raw").inner_text() in ("13812340000", "13912340001")


def test_letters_are_the_handlers_and_never_suspect(visit, site):
    page = visit("handler", "zh-CN")
    send(page, site, "zh", "信访", LETTERS)
    assert counted(page) == [1, 0, 0, 0]
    page.goto(f"{site}/alerts/")
    assert page.locator("[data-row]").count() == 0
    assert page.locator(".empty").is_visible()


def test_the_queue_fits_a_telephone_and_keys_are_told(visit, site):
    page = visit("analyst", "zh-CN", width=390)
    send(page, site, "zh", "手机", POSTS)
    page.goto(f"{site}/alerts/?queue=act&state=")
    assert page.locator("[data-row]").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("?")
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("dialog").is_visible()
