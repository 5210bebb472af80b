"""A feature edited, run in shadow by a real worker, looked at and taken along, in a browser."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess

import pytest

from deployments import deployed, run
from lianfang.guides.library import shipped
from web.test_journey import engine, send, visit  # noqa: F401  fixtures

# ruff: noqa: F811  fixtures
pytestmark = pytest.mark.slow

ROLES = ("analyst", "compliance")
NAME = "credit-repair/credit-matter"
CLEARED = (
    "您这个呆账得先结清再做,结清以后我们出一份情况说明,盖单位章,配合两次投诉,"
    "一般能给您改成正常电话13812345678"
)
DROPPED = "有逾期买不了房的、当不了法人的、孩子上学怕受影响的,都可以来问。问是免费的,做要钱。"
PARK = "今天天气真好，去公园走走"
OFFER = "专业征❤修复，不成功不收费，加薇 wkx58221"
TEXTS = (CLEARED, DROPPED, PARK, OFFER)
NARROW = f"""id: credit-matter
label: {{zh: 谈到公园, en: parks}}
why: {{zh: 试, en: a trial}}
source: {{sure: inferred}}
unit: text
when: 公园
strength: weak
hit: [{PARK}]
clean: [今天吃火锅]
"""


def rows(*texts):
    out = io.StringIO()
    csv.writer(out).writerows([["正文"], *([text] for text in texts)])
    return out.getvalue()


@pytest.fixture(scope="module")
def site():
    """The address of a deployment, its workers at work."""
    with deployed(*ROLES, workers=1) as port:
        yield f"http://127.0.0.1:{port}"


def decide(page, site, text, key):
    page.goto(f"{site}/alerts/?queue=act&state=open")
    page.locator("[data-row]", has_text=text[:12]).click()
    if key == "rejected":
        page.fill("[name=reason]", "正常广告")
    page.locator(f"[value={key}]").click()
    page.locator("[data-undo]").wait_for()


def numbers(page, selector):
    return [int(one) for one in page.locator(selector).all_inner_texts()]


def test_edit_run_see_take(visit, site, tmp_path):
    page = visit("analyst", "zh-CN")
    send(page, site, "zh", "试跑", rows(*TEXTS))
    decide(page, site, CLEARED, "confirmed")
    decide(page, site, DROPPED, "rejected")

    page.goto(f"{site}/guides/{NAME}/")
    page.fill("[name=text]", NARROW.replace("when: 公园", "when: [公园"))
    page.fill("[name=why]", "试一试")
    page.click(".draft button")
    assert "行 7" in page.locator("[role=alert]").inner_text()
    assert "[公园" in page.input_value("[name=text]")
    page.fill("[name=text]", NARROW)
    page.click(".draft button")
    page.wait_for_url("**/guides/drafts/*/#try", timeout=90_000)
    assert "+    when: 公园" in page.locator("pre").inner_text()
    draft = page.url

    page.select_option("[name=purpose]", "governance")
    page.locator("form[action$='/run/'] button").click()
    page.wait_for_url("**/guides/runs/*/")
    page.locator("[data-progress]").wait_for(state="detached", timeout=90_000)
    assert page.locator("[data-state]").inner_text() == "已完成"
    assert numbers(page, "[data-count]") == [4, 2]
    lost = [row.split("\t") for row in page.locator("table").first.inner_text().split("\n")[-2:]]
    assert [row[:3] for row in lost] == [["已确认", "1", "0"], ["已驳回", "1", "1"]]
    assert "(21–100)" in lost[1][3]
    samples = page.locator(".samples li").all_inner_texts()
    assert len(samples) == 2
    assert [one.count("手机号") for one in samples if "不再可疑" in one] == [1]
    assert [one.count("手机号") for one in samples if "不必再看" in one] == [0]
    assert "138" not in "".join(samples)
    page.click("text=不再可疑 1")
    assert page.locator(".samples li").count() == 1

    page.goto(draft)
    with page.expect_download() as taken:
        page.click("a:text-is('导出补丁')")
    shutil.copytree(shipped(), tmp_path / "guides")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "apply", taken.value.path()], cwd=tmp_path, check=True)
    run("guide", "check", str(tmp_path / "guides"))
    assert "公园" in (tmp_path / "guides" / "credit-repair" / "guide.yaml").read_text("utf-8")


def fired(page, site, text):
    """Labels of the reasons of the newest alert of a text."""
    page.goto(f"{site}/alerts/?queue=act&state=")
    page.locator("[data-row]", has_text=text).click()
    versions = page.locator("aside").inner_text()
    return page.locator(".reasons li b").all_inner_texts(), versions


def test_switch_a_feature_off_and_new_texts_change(visit, site):
    page = visit("compliance", "zh-CN")
    send(page, site, "zh", "启用时", rows("甲处" + OFFER))
    before, versions = fired(page, site, "甲处")
    assert "提到征信修复" in before
    assert "local-settings" not in versions

    page.goto(f"{site}/guides/credit-repair/names-repair/")
    page.locator("summary", has_text="在本机构停用").click()
    form = page.locator("form.setting").first
    form.locator("[name=why]").fill("自家广告太多")
    form.locator("button").click()
    page.wait_for_url("**/guides/settings/")
    assert "提到征信修复" in page.locator("main").inner_text()

    send(page, site, "zh", "停用后", rows("乙处" + OFFER))
    after, versions = fired(page, site, "乙处")
    assert set(after) == set(before) - {"提到征信修复"}
    assert "local-settings" in versions

    page.goto(f"{site}/guides/settings/")
    page.locator("form[action$='/undo/'] button").first.click()
    send(page, site, "zh", "恢复后", rows("丙处" + OFFER))
    assert fired(page, site, "丙处")[0] == before


def test_an_analyst_may_look_at_settings_and_not_change_them(visit, site):
    page = visit("analyst", "zh-CN", width=390)
    for path in ("", "settings/", "credit-repair/", f"{NAME}/"):
        page.goto(f"{site}/guides/{path}")
        assert page.locator("form.setting").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
