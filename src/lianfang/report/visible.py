"""Characters that can't be seen, or that turn a line around, made visible.

Bidirectional controls can make a text read differently from what it says (CVE-2021-42574),
and invisible characters are used to disguise words: a report must show both.
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_UNREADABLE = [*range(0xD800, 0xE000), *range(0x80, 0xA0), 0xFFFE, 0xFFFF]
_SHOWN = {
    **_PICTURES,
    0x7F: 0x2421,
    **dict.fromkeys(_UNREADABLE, 0xFFFD),
    0x85: 0x0A,
    0x2028: 0x0A,
    0x2029: 0x0A,
}
# A zero-width joiner glues emoji together; after a letter or a Han character it hides.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0001-\U000e007f]|(?<=\\w)\u200d"
)
_NAMES = {
    0x00AD: "SHY", 0x061C: "ALM", 0x200B: "ZWSP", 0x200C: "ZWNJ", 0x200D: "ZWJ",
    0x200E: "LRM", 0x200F: "RLM", 0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF",
    0x202D: "LRO", 0x202E: "RLO", 0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI",
    0x2068: "FSI", 0x2069: "PDI", 0xFEFF: "BOM",
}  # fmt: skip


def readable(text: str) -> str:
    """The text with controls as pictures (␀) and unreadable characters as U+FFFD.

    One character stays one character, so that spans stay right.
    """
    return text.translate(_SHOWN).replace("\r\n", " \n").replace("\r", "\n")


def visible(text: object) -> Markup:
    """Escaped HTML in which each invisible or bidirectional control is a small mark."""
    escaped = str(escape(readable(str(text))))
    return Markup(_UNSEEN.sub(_mark, escaped))  # noqa: S704  escaped just above


def plain(text: str) -> str:
    """The same for places that take no markup: marks in brackets."""
    return _UNSEEN.sub(lambda match: f"⟨{_name(match)}⟩", readable(text))


def _mark(match: re.Match[str]) -> str:
    char = match.group()
    full = f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
    return f'<span class="unseen" title="{full}">{_name(match)}</span>'


def _name(match: re.Match[str]) -> str:
    code = ord(match.group())
    return _NAMES.get(code, f"U+{code:04X}")
