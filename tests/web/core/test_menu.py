from __future__ import annotations

import pytest

from elements import read_html


@pytest.fixture
def menu(browser):
    """Return a function: the menu's links on a page, and those that are marked."""

    def menu(role, path):
        answer = browser(role).get(path)
        links = read_html(answer.content.decode()).one("nav", "menu").all("a")
        places = [link.attrs["href"] for link in links]
        return places, [one.attrs["href"] for one in links if "aria-current" in one.attrs]

    return menu


def test_each_entry_is_a_page_that_asks_for_its_right(place):
    from lianfang.web.core.menu import MENU
    from site_urls import marked

    assert [entry.right for entry in MENU] == [marked()[entry.page].right for entry in MENU]


@pytest.mark.parametrize("role", ["analyst", "administrator", "auditor"])
def test_a_reader_sees_the_pages_that_are_open_to_them(menu, browser, role):
    from lianfang.web.core.menu import MENU

    places, marked = menu(role, "/")
    assert marked == []
    assert all(browser(role).get(place).status_code == 200 for place in places)
    assert 0 < len(places) < len(MENU) or role == "auditor"


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/alerts/", ["/alerts/"]),
        ("/alerts/?queue=protect", ["/alerts/"]),
        ("/guides/features/", ["/guides/"]),
        ("/intake/", ["/intake/"]),
        ("/audit/", ["/audit/"]),
        ("/accounts/2fa/", []),
    ],
)
def test_where_the_reader_is_is_marked(menu, path, marked):
    assert menu("compliance", path)[1] == marked
