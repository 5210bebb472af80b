"""The menu, as its reader may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from lianfang.web.core.menu import MENU, current

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


@register.inclusion_tag("menu.html", takes_context=True)
def menu(context: Context) -> dict[str, Any]:
    """Links to the pages that the reader may see; the one where they are is marked."""
    found = context["request"].resolver_match
    here = current(found.route) if found else ""
    entries = [
        (entry.page, context["w"][entry.word], entry.page == here)
        for entry in MENU
        if entry.right.replace(".", "_") in context["rights"]
    ]
    return {"entries": entries, "w": context["w"]}
