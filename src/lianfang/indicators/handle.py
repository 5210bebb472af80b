"""Ids on other platforms, and bare ids behind a word of reaching out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators.naming import GLUE, ID
from lianfang.indicators.reading import PLANE, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH = r"(?:联系|咨询|加我?|找我?|私我?|戳|滴滴|老师|经理|客服|顾问|助理)"
_APPS = (
    r"(?<![a-z0-9])(?:telegram|tg|飞机号?|纸飞机|电报|whatsapp|蝙蝠|抖音号?|快手号?|小红书号?|line)"
)
FIRST = re.compile("[t飞纸电w蝙抖快小l联咨加找私戳滴老经客顾助]")
PATTERN = re.compile(
    rf"(?:{_APPS}{GLUE}@?(?P<id>{ID})"
    rf"|{_REACH}[^\u4e00-\u9fffa-z0-9]{{0,4}}(?P<bare>(?=[a-z0-9_-]*\d)[a-z][a-z0-9_-]{{5,19}}))"
    r"(?![a-z0-9_.])"
)
"""What the guides read as a contact of this kind (`contact`): their weights rest on it."""

_MORE_FIRST = re.compile(f"[tw{PLANE}微推fislp土陌闲b支钉]")
_PAGES = (
    r"(?<![a-z0-9.-])(?:t\.me|telegram\.me|wa\.me|line\.me/ti/p)/[@~+]?(?P<page>[a-z0-9_-]{5,32})"
)
_MORE_APPS = (
    r"(?<![a-z0-9])(?:微博|weibo|推特|twitter|facebook|instagram|signal|letstalk|potato|土豆|陌陌|"
    r"闲鱼|b站|支付宝|钉钉)"
)
_MORE = re.compile(
    rf"(?:{_PAGES}|(?:{PLANE}|{_MORE_APPS}){GLUE}@?(?P<id>(?=[a-z0-9-]{{0,19}}[\d_]){ID}))"
    r"(?![a-z0-9_@])(?!\.[a-z])"
)


def find(text: str) -> Iterator[Found]:
    """Spans are those of the ids, without the platform's name."""
    text = text.lower()
    for match in matches(_MORE_FIRST, _MORE, text):
        group = "page" if match["page"] else "id"
        yield Found(*match.span(group), match[group])
    for match in matches(FIRST, PATTERN, text):
        group = "id" if match["id"] else "bare"
        yield Found(*match.span(group), match[group])
