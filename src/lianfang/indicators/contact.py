"""Handles by which a writer can be reached or paid, in normalised text, as the guides ask.

A guide asks whether a way to reach somebody stands in a text, so shape is enough here, half of
a number counts ("138****0000"), and the span takes in the platform's name. `find_indicators`
tells whose: it checks digits and prefixes, knows more kinds and more disguises, gives each value
one spelling, and its spans are those of the values. The guides' weights were trained on what is
found here; a new disguise goes to the kind's own file, beside the pattern that is used here.

Public service numbers (95xxx, 96xxx, 12xxx, 110) and government sites are no such handles:
a warning that names them must not look like an advert.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lianfang.anchored import matches
from lianfang.indicators import handle, qq, wechat
from lianfang.indicators.link import TOP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


KINDS: dict[str, re.Pattern[str]] = {
    "phone": re.compile(r"(?<![\da-z])(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?[\dx*]{4}){2}(?![\dx])"),
    "wechat": wechat.PATTERN,
    "qq": qq.PATTERN,
    "handle": handle.PATTERN,
    "link": re.compile(
        rf"(?:https?|hxxps?)://[^\s\u4e00-\u9fff,;<>\"]{{4,200}}"
        rf"|(?<![a-z0-9@.-])(?:[a-z0-9](?:[a-z0-9-]{{0,40}}[a-z0-9])?\.){{1,4}}(?:{TOP})"
        r"(?![a-z0-9.-])(?:/[^\s\u4e00-\u9fff,;<>\"]{0,200})?"
    ),
    "payee": re.compile(r"(?<!\d)(?:62|4\d|5[1-5])\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)"),
}
FIRST: dict[str, re.Pattern[str]] = {
    "phone": re.compile("[+81]"),
    "wechat": wechat.FIRST,
    "qq": qq.FIRST,
    "handle": handle.FIRST,
    "link": re.compile("[a-z0-9]"),
    "payee": re.compile("[456]"),
}
"""Characters that a handle of each kind can begin with."""
TRIGGERS = {
    "wechat": "微薇威维徽卫崴绿vw",
    "qq": "q扣企球",
    "handle": "联咨加找私戳滴老经客顾助t飞纸电w蝙抖快小l",
}
"""Characters of which each handle of a kind has one before its name."""
_OFFICIAL = re.compile(
    r"(?:[a-z]+://)?(?:[a-z0-9-]+\.)*(?:gov\.cn|edu\.cn|pbccrc\.org\.cn)(?![a-z0-9.-])"
)


class Contact(NamedTuple):
    """A handle: its kind (a key of `KINDS`) and where it stands."""

    kind: str
    start: int
    end: int


def find_contacts(text: str, kinds: Collection[str] = KINDS.keys()) -> Iterator[Contact]:
    """Every handle of some kinds in normalised text, kind by kind; offsets count code points.

    Time is linear in the length of the text: every repetition is bounded.
    """
    for kind in kinds:
        for match in matches(FIRST[kind], KINDS[kind], text):
            if kind != "link" or not _OFFICIAL.match(match.group()):
                yield Contact(kind, match.start(), match.end())
