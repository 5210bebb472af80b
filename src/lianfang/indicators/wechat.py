"""WeChat ids behind any of the names that WeChat is given where its own is filtered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators.naming import GLUE, ID
from lianfang.indicators.reading import SATELLITE, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = (
    r"(?:微信|微[xX]|薇信|薇芯|威信|维信|卫星|崴信|徽信|v信|vx|wx|weixin|wechat|绿泡泡?|"
    r"[加+扣找联系约私问询添]\s?(?:我|老师|助理|客服|经理|顾问)?\s?[薇微威维徽v卫](?![a-z])|"
    r"(?<![a-z0-9])[薇v](?=[:号 ]))"
)
_ID = rf"(?P<id>{ID}|1[3-9]\d{{9}}|\d{{6,11}})(?![a-z0-9_])"
FIRST = re.compile("[微薇威维徽卫崴绿vw加+扣找联系约私问询添]")
PATTERN = re.compile(rf"{_NAMES}{GLUE}{_ID}")
"""What the guides read as a contact of this kind (`contact`): their weights rest on it."""

_MORE_FIRST = re.compile(f"[微薇威维徽崴v加+{SATELLITE}]")
_MORE_NAMES = (
    rf"(?:{SATELLITE}|(?<![a-z0-9])[微薇威维徽崴v] ?(?:xin|[信芯心❤])|"
    r"[加+] ?v(?=[a-z0-9_-]{0,19}\d)|"
    r"(?<![a-z0-9])[微薇威徽崴](?=[:： ]{0,2}[a-z][a-z0-9_-]{3,18}\d))"
)
_MORE = re.compile(rf"{_MORE_NAMES}{GLUE}{_ID}")
_SITE = re.compile(r"(?:\.[a-z]|@)")


def find(text: str) -> Iterator[Found]:
    """Spans are those of the ids, without the platform's name."""
    text = text.lower()
    for first, pattern in ((_MORE_FIRST, _MORE), (FIRST, PATTERN)):
        for match in matches(first, pattern, text):
            if not _SITE.match(text, match.end()):
                yield Found(*match.span("id"), match["id"])
