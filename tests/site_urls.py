"""Every URL of the staff site, found as Django finds them."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.urls import URLResolver, get_resolver

PART = re.compile(r"<\w+:(\w+)>")


class Url(NamedTuple):
    """A URL: its name, its path with gaps, the right that its view is marked with, or ""."""

    name: str
    path: str
    right: str

    def filled(self, numbers):
        """The path, a number in each gap."""
        return PART.sub(lambda found: str(numbers[found[1]]), self.path)


def urls():
    """Every URL of the site."""
    return list(_walk(get_resolver().url_patterns, "/"))


def marked():
    """Those that ask for a right, by their names."""
    return {one.name: one for one in urls() if one.right}


def _walk(patterns, start):
    for one in patterns:
        path = start + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, path)
        else:
            yield Url(one.name, path, getattr(one.callback, "_lianfang_right", ""))
