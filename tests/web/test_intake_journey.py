"""A file is dropped, its columns are said, its refused rows mended and sent again: in a browser."""

from __future__ import annotations

import csv
import io
import json

import pytest

from web.test_journey import counted, engine, site, visit  # noqa: F401  fixtures

pytestmark = pytest.mark.slow

OFFER = "专业征信修复，不成功不收费，加微信wkx58221"
NAMES = "渠道名,博主,说了什么\n"
POSTS = f"{NAMES}甲平台,老王说征信,{OFFER}，电话13812340000\n乙平台,小李\n"
WORDS = {
    "zh": {"lang": "zh-CN", "save": "保存", "state": "已完成"},
    "en": {"lang": "en", "save": "Save", "state": "done"},
}
DROP = """([form, name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, { type: "text/csv" }));
  const told = { dataTransfer: files, bubbles: true, cancelable: true };
  const event = (kind) => new DragEvent(kind, told);
  form.dispatchEvent(event("dragover"));
  form.dispatchEvent(event("drop"));
}"""


def add_source(page, address, words, name):
    page.goto(f"{address}/intake/")
    if not page.locator("[name=basis]").is_visible():
        page.locator("details summary", has=page.locator("xpath=..//input[@name='basis']")).click()
    page.fill("#id_name", name)
    page.fill("[name=basis]", "个人信息保护法第十三条")
    page.click(f"button:text-is('{words['save']}')")
    return page.locator("section.source", has=page.get_by_role("heading", name=name, exact=True))


def drop(box, name, text):
    form = box.locator("[data-files]").element_handle()
    box.page.evaluate(DROP, [form, name, text])
    box.page.wait_for_url("**/deliveries/*/")


def worked(page):
    page.locator("[data-progress]").wait_for(state="detached", timeout=60_000)
    return page.locator("[data-state]").inner_text()


@pytest.mark.parametrize("lang", WORDS)
def test_drop_map_mend(visit, site, lang):  # noqa: F811
    words = WORDS[lang]
    page = visit("analyst", words["lang"])
    box = add_source(page, site, words, f"映射 {lang}")
    drop(box, "posts.csv", POSTS.replace("老王", f"老王{lang}"))
    worked(page)
    page.locator(".notice .button").click()
    preview = page.locator("table.mapping").inner_text()
    assert "13812340000" not in preview
    assert "1••••" in preview
    for place, field in enumerate(("platform", "account", "text")):
        page.locator("table.mapping select").nth(place).select_option(field)
    page.locator("main button.main").click()
    assert worked(page) == words["state"]
    assert counted(page) == [1, 0, 1, 1]
    first = page.url
    page.locator(".links a").first.click()
    page.locator("[data-row]").first.click()
    assert OFFER[:6] in page.locator(".text").inner_text()
    assert "13812340000" not in page.locator("main").inner_text()
    page.goto(first)
    mend(page)
    assert worked(page) == words["state"]
    assert counted(page) == [1, 0, 0, 0]
    page.locator(f"a[href='{first.removeprefix(site)}']").click()
    assert page.locator("table").first.locator("a").count() == 1
    drop(add_source(page, site, words, f"又一 {lang}"), "again.csv", f"{NAMES}甲,乙,丙\n")
    worked(page)
    assert page.locator(".notice .button").count() == 1  # another source has its own profiles


def mend(page):
    with page.expect_download() as waits:
        page.locator(".mend form").first.locator("button").click()
    rows = list(csv.reader(io.StringIO(waits.value.path().read_text("utf-8-sig"))))
    assert rows[1][4:] == ["乙平台", "小李", "〈缺〉"]
    rows[1][6] = "今天天气真好"
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    file = {"name": "mended.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}
    page.locator(".mend [name=file]").set_input_files(file)
    page.locator(".mend form").last.locator("button").click()
    page.locator("xpath=//p[@class='meta']/a").wait_for()


def test_several_files_at_once(visit, site):  # noqa: F811
    page = visit("analyst", "zh-CN", width=390)
    box = add_source(page, site, WORDS["zh"], "几个文件")
    files = [
        {"name": f"{n}.txt", "mimeType": "text/plain", "buffer": f"第{n}个文件".encode()}
        for n in range(3)
    ]
    box.locator("[name=file]").set_input_files(files)
    box.locator("button.main").click()
    box.locator(".uploads a").nth(2).wait_for()
    assert box.locator(".uploads li.problem").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box.locator(".uploads a").nth(1).click()
    assert worked(page) == WORDS["zh"]["state"]


def test_the_form_works_without_scripts(site, engine):  # noqa: F811
    from web_sites import PASSWORD

    context = engine.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/")
    page.fill("[name=login]", "analyst")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.goto(f"{site}/intake/")
    box = add_source(page, site, WORDS["zh"], "没有脚本")
    files = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": json.dumps(n).encode()}
             for n in range(2)]  # fmt: skip
    box.locator("[name=file]").set_input_files(files)
    box.locator("button.main").click()
    for name in ("0.txt", "1.txt"):
        assert page.get_by_role("link", name=name, exact=True).first.is_visible()
    context.close()
