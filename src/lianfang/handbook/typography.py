"""Chinese as it is printed: full-width signs after Han characters."""

from __future__ import annotations

import re

_HAN = "\u3400-\u9fff”’》）"
_SIGN = re.compile(rf"(?<=[{_HAN}])[,;:!?]")
_BRACKETS = re.compile(rf"(?<=[{_HAN}])\(([^()]*)\)|\(([^()]*[{_HAN}][^()]*)\)")
_WIDE = dict(zip(",;:!?", "，；：！？", strict=True))


def printed(text: str) -> str:
    """Our own words with `,;:!?()` made full-width where they follow Chinese.

    Not for quoted texts: how they are written is what they show.
    """
    wide = _SIGN.sub(lambda sign: _WIDE[sign.group()], text)
    return _BRACKETS.sub(lambda found: f"（{found[1] or found[2] or ''}）", wide)
