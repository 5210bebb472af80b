"""The charts as a browser draws them, under the site's policy."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("many")]

LANGUAGES = {"zh-CN": "处置", "en": "Act"}


@pytest.fixture
def board(sign_in):
    """Return a function: the dashboard in a language, drawn."""

    def board(lang="zh-CN", role="analyst", **looks):
        page = sign_in(role, lang, **looks)
        page.goto("/dashboard/?weeks=13")
        page.locator(".by_platform svg .mark-rect path").first.wait_for()
        return page

    return board


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_is_drawn_and_says_the_same_as_its_table(board, lang):
    page = board(lang)
    assert page.locator("[data-chart]").count() == page.locator("[data-chart] svg").count() > 4
    chart = page.locator(".by_activity")
    chart.locator("summary").click()
    rows = [row.locator("td").all_inner_texts() for row in chart.locator("tbody tr").all()]
    totals = [int(act) + int(protect) for act, protect in rows]
    drawn = [int(one) for one in chart.locator("svg .mark-text.role-mark text").all_text_contents()]
    assert drawn == totals
    assert LANGUAGES[lang] in chart.locator("svg").text_content()


def test_a_mark_opens_the_list_behind_it(board):
    page = board()
    mark = page.locator(".by_platform svg .mark-rect path").first
    mark.hover()
    told = page.locator("#vg-tooltip-element.visible").inner_text()
    with page.expect_navigation():
        mark.click()
    asked = parse_qs(urlsplit(page.url).query, keep_blank_values=True)
    assert urlsplit(page.url).path == "/alerts/"
    assert asked["platform"][0] in told
    assert asked.keys() >= {"queue", "state", "from", "to"}


def test_light_and_dark_have_colours_of_their_own(board):
    fills = {
        scheme: board(scheme=scheme)
        .locator(".by_week svg .mark-rect path")
        .first.evaluate("one => getComputedStyle(one).fill")
        for scheme in ("light", "dark")
    }
    assert len(set(fills.values())) == 2


def test_a_reader_without_scripts_gets_the_tables(served, engine, sign_in):
    page = sign_in("auditor")
    state = page.context.storage_state()
    with engine.new_context(
        base_url=served, java_script_enabled=False, storage_state=state
    ) as context:
        plain = context.new_page()
        plain.goto("/dashboard/")
        assert not plain.locator("[data-chart]").first.is_visible()
        plain.locator("summary").first.click()
        assert plain.locator("tbody a").first.is_visible()
