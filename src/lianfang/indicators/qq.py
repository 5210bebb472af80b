"""QQ numbers of persons and groups behind any of the names that QQ is given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.anchored import matches
from lianfang.indicators.digits import only_digits, parted
from lianfang.indicators.naming import GLUE
from lianfang.indicators.reading import PENGUIN, Found

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = r"(?:q{2}|扣扣|企鹅|球球|(?:q|扣)群|(?<![a-z])q(?=[:号 ]))"
FIRST = re.compile("[q扣企球]")
PATTERN = re.compile(rf"{_NAMES}{GLUE}(?P<id>[1-9]\d{{4,10}})(?!\d)")
"""What the guides read as a contact of this kind (`contact`): their weights rest on it."""

_MORE_FIRST = re.compile(f"[q扣企球抠叩秋蔻{PENGUIN}]")
_MORE_NAMES = rf"(?:{_NAMES}|(?<![a-z])q[ .*_-]{{1,2}}q|[抠叩秋蔻扣]{{2}}|{PENGUIN})"
_MORE = re.compile(
    rf"{_MORE_NAMES}群?{GLUE}(?P<id>[1-9]\d{{4,10}}(?!\d)|{parted('[1-9]', 4, 10)}(?!\d))"
)


def find(text: str) -> Iterator[Found]:
    """Spans are those of the numbers alone. Half of one ("33**12") is none."""
    text = text.lower()
    for match in matches(_MORE_FIRST, _MORE, text):
        if "**" not in match["id"] and not text.startswith(("@", "**"), match.end()):
            yield Found(*match.span("id"), only_digits(match["id"]))
