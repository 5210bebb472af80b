"""A morning of triage by keyboard alone, in a real browser on a real deployment."""

from __future__ import annotations

import pytest

from web.test_journey import POSTS, engine, send, site, visit

__all__ = ["engine", "site", "visit"]
pytestmark = pytest.mark.slow


def keys(page, *pressed):
    for one in pressed:
        page.keyboard.press(one)


def said(page):
    return page.locator(".messages").inner_text()


def rows(page):
    return page.locator("[data-row]").count()


@pytest.fixture
def queue(visit, site):
    """The queue of an analyst, with two alerts."""
    page = visit("analyst", "zh-CN")
    send(page, site, "zh", "键盘", POSTS)
    page.goto(f"{site}/alerts/")
    return page


def test_several_at_once_and_back(queue):
    before = rows(queue)
    assert before >= 2
    keys(queue, "j", "x", "j", "x")
    assert queue.locator("[name=ticked]:checked").count() == 2
    assert queue.locator("[data-ticked]").inner_text() == "2"
    keys(queue, "r")
    assert queue.evaluate("document.activeElement.name") == "reason"
    queue.keyboard.type("自家广告")
    keys(queue, "Enter")
    queue.locator("[data-undo]").wait_for()
    assert "2 条：已驳回" in said(queue)
    assert rows(queue) == before - 2
    keys(queue, "z")
    queue.wait_for_function("!document.querySelector('[data-undo]')")
    assert "2 条已恢复" in said(queue)
    assert rows(queue) == before


def test_all_of_the_page_are_put_off(queue):
    before = rows(queue)
    keys(queue, "X")
    assert queue.locator("[name=ticked]:checked").count() == before
    keys(queue, "l")
    queue.locator(".empty").wait_for()
    assert f"{before} 条：已推后" in said(queue)
    assert f"已推后 ({before})" in queue.locator("[name=state]").inner_text()
    keys(queue, "z")
    queue.locator("[data-row]").first.wait_for()
    assert rows(queue) == before


def test_taken_and_given_to_a_colleague(queue):
    keys(queue, "j", "a")
    queue.locator("[data-undo]").wait_for()
    assert "归您负责" in said(queue)
    assert "analyst" in queue.locator("[data-row]").first.inner_text()
    keys(queue, "j", "Enter")
    queue.wait_for_url("**/alerts/*/?*")
    keys(queue, "A")
    assert queue.evaluate("document.activeElement.name") == "to"
    queue.locator("[name=to]").select_option("reviewer")
    keys(queue, "Enter")
    queue.locator("[data-undo]").wait_for()
    assert "已分派" in said(queue)
    assert "分派给 reviewer" in queue.locator(".history").inner_text()


def test_from_one_to_the_next_and_back(queue):
    keys(queue, "j", "Enter")
    queue.wait_for_url("**/alerts/*/?*")
    first = queue.url
    keys(queue, "j")
    queue.wait_for_url(lambda url: url != first)
    keys(queue, "k")
    queue.wait_for_url(first)


def test_searched_for_two_characters(queue):
    keys(queue, "/")
    assert queue.evaluate("document.activeElement.name") == "q"
    queue.keyboard.type("停息")
    keys(queue, "Enter")
    queue.wait_for_url("**/search/?q=*")
    assert "停息" in queue.locator("mark").first.inner_text()
    keys(queue, "j", "Enter")
    queue.wait_for_url("**/alerts/*/?*")
    assert "逾期协商停息挂账" in queue.locator(".text").inner_text()


def test_one_character_is_told_to_be_too_few(queue):
    keys(queue, "/")
    queue.keyboard.type("停")
    keys(queue, "Enter")
    queue.locator(".messages .error").wait_for()
    assert "两个" in said(queue)


def test_enter_in_a_reason_decides_nothing_by_itself(queue):
    before = rows(queue)
    queue.locator("[name=ticked]").first.check()
    queue.locator("[name=reason]").fill("想一想")
    queue.press("[name=reason]", "Enter")
    assert queue.locator("[data-undo]").count() == 0
    assert rows(queue) == before


def test_on_a_telephone_nothing_overflows(visit, site):
    page = visit("analyst", "zh-CN", width=390)
    send(page, site, "zh", "手机二", POSTS)
    for address in ("/alerts/?state=", "/alerts/search/?q=%E5%81%9C%E6%81%AF"):
        page.goto(f"{site}{address}")
        assert rows(page) > 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
