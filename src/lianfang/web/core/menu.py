"""The pages that stand in the site's head, in their order: a line each."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse


class Entry(NamedTuple):
    """A page of the menu: the right that opens it, the name of its URL, the key of its word."""

    right: str
    page: str
    word: str


MENU = (
    Entry("alerts.see", "alerts", "alerts"),
    Entry("intake.see", "intake", "intake"),
    Entry("guides.see", "guides", "guides"),
    Entry("dashboard.see", "dashboard", "dashboard"),
    Entry("audit.see", "audit", "audit"),
    Entry("clients.manage", "clients", "clients"),
    Entry("people.see", "people", "people"),
)


def current(route: str) -> str:
    """The page of the menu that a URL stands under, the deepest of them, or "".

    Args:
        route: as Django resolved it, without the slash in front.
    """
    places = {reverse(entry.page)[1:]: entry.page for entry in MENU}
    above = [place for place in places if route.startswith(place)]
    return places[max(above, key=len)] if above else ""
