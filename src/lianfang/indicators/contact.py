"""Handles by which a writer can be reached or paid, in normalised text.

Public service numbers (95xxx, 96xxx, 12xxx, 110) and government sites are no such handles:
a warning that names them must not look like an advert.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lianfang.anchored import matches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_ID = r"[a-z][a-z0-9_-]{4,19}"
_GLUE = r"[^\u4e00-\u9fffa-z0-9]{0,4}(?:号码?|账?号|id)?[^\u4e00-\u9fffa-z0-9]{0,4}"
_WECHAT = (
    r"(?:微信|微[xX]|薇信|薇芯|威信|维信|卫星|崴信|徽信|v信|vx|wx|weixin|wechat|绿泡泡?|"
    r"[加+扣找联系约私问询添]\s?(?:我|老师|助理|客服|经理|顾问)?\s?[薇微威维徽v卫](?![a-z])|"
    r"(?<![a-z0-9])[薇v](?=[:号 ]))"
)
_QQ = r"(?:q{2}|扣扣|企鹅|球球|(?:q|扣)群|(?<![a-z])q(?=[:号 ]))"
_REACH = r"(?:联系|咨询|加我?|找我?|私我?|戳|滴滴|老师|经理|客服|顾问|助理)"
_HANDLE_APP = (
    r"(?<![a-z0-9])(?:telegram|tg|飞机号?|纸飞机|电报|whatsapp|蝙蝠|抖音号?|快手号?|小红书号?|line)"
)
_TOP = (
    r"com|cn|net|top|xyz|cc|vip|club|shop|site|online|info|org|icu|work|live|app|pro|ltd|tk|me|"
    r"link|life|fun|asia|biz|wang|ink|buzz|cyou|example|test"
)

KINDS: dict[str, re.Pattern[str]] = {
    "phone": re.compile(r"(?<![\da-z])(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?[\dx*]{4}){2}(?![\dx])"),
    "wechat": re.compile(rf"{_WECHAT}{_GLUE}(?P<id>{_ID}|1[3-9]\d{{9}}|\d{{6,11}})(?![a-z0-9_])"),
    "qq": re.compile(rf"{_QQ}{_GLUE}(?P<id>[1-9]\d{{4,10}})(?!\d)"),
    "handle": re.compile(
        rf"(?:{_HANDLE_APP}{_GLUE}@?(?P<id>{_ID})"
        rf"|{_REACH}[^\u4e00-\u9fffa-z0-9]{{0,4}}(?P<bare>(?=[a-z0-9_-]*\d)[a-z][a-z0-9_-]{{5,19}}))"
        r"(?![a-z0-9_.])"
    ),
    "link": re.compile(
        rf"(?:https?|hxxps?)://[^\s\u4e00-\u9fff,;<>\"]{{4,200}}"
        rf"|(?<![a-z0-9@.-])(?:[a-z0-9](?:[a-z0-9-]{{0,40}}[a-z0-9])?\.){{1,4}}(?:{_TOP})"
        r"(?![a-z0-9.-])(?:/[^\s\u4e00-\u9fff,;<>\"]{0,200})?"
    ),
    "payee": re.compile(r"(?<!\d)(?:62|4\d|5[1-5])\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)"),
}
FIRST: dict[str, re.Pattern[str]] = {
    kind: re.compile(f"[{chars}]")
    for kind, chars in {
        "phone": "+81",
        "wechat": "微薇威维徽卫崴绿vw加+扣找联系约私问询添",
        "qq": "q扣企球",
        "handle": "t飞纸电w蝙抖快小l联咨加找私戳滴老经客顾助",
        "link": "a-z0-9",
        "payee": "456",
    }.items()
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
