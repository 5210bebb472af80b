"""Numbers with their units in normalised text: money, shares, durations, multiples, bare numbers.

A value that is named but not given ("几个点", "数千元") has the value None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
SCALES = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 10**8}
DAYS = {"天": 1, "日": 1, "个工作日": 1, "工作日": 1, "周": 7, "个月": 30, "月": 30, "年": 365}

_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUM = rf"(?:{_ARABIC}|[零一二两三四五六七八九十百千几数半]+)"
_PATTERN = re.compile(
    rf"(?P<per>百分之){_NUM}"
    rf"|(?P<sign>[¥$])\s?{_ARABIC}[万kw]?"
    rf"|{_NUM}(?:[-~到至]{_NUM})?\s?(?:"
    r"(?P<share>%|个点|个百分点|成(?![功为立本都交年员长就熟绩果])|折)"
    r"|(?P<times>倍)"
    r"|(?P<money>[十百千万亿kw]*(?:元|块钱?|人民币|rmb|大洋)|[万kw](?![a-z])|[百千](?=[一二三四五六七八九]))"
    r"|(?P<days>天|个工作日|工作日|周|个月|年(?![级代轻龄])))"
    # a number that stands alone, as prices do: "一家两千", "1888上车"
    r"|(?P<bare>(?<![\d.])(?:[1-9]\d{2,5}|[一二两三四五六七八九][百千][一二三四五六七八九]?)"
    r"(?![\d%年月日号点:.-]))"
)


@dataclass(frozen=True, slots=True)
class NumberFound:
    """`[start, end)` of the text; `value` in yuan, per cent, days or times."""

    start: int
    end: int
    kind: str
    value: float | None


def find_numbers(text: str) -> Iterator[NumberFound]:
    """Numbers in order. Time is linear in the length of the text."""
    taken = -1
    for match in _PATTERN.finditer(text):
        kind = "bare" if match["bare"] else _kind(match)
        if match.start() >= taken:
            yield NumberFound(match.start(), match.end(), kind, _value(match.group(), kind))
        taken = match.end()


def _kind(match: re.Match[str]) -> str:
    if match["per"] or match["share"]:
        return "share"
    if match["times"]:
        return "times"
    return "duration" if match["days"] else "money"


def _value(text: str, kind: str) -> float | None:
    number = re.search(_NUM + r"[万kw亿]?", text.removeprefix("百分之"))
    value = parse_number(number.group()) if number else None
    if value is None:
        return None
    if kind == "share" and text.endswith(("成", "折")):
        return value * 10
    if kind == "duration":
        return value * next(days for unit, days in DAYS.items() if text.endswith(unit))
    return value


def parse_number(text: str) -> float | None:
    """The value of Arabic or Chinese digits ("2.5万", "一千五"), None where it is vague."""
    if any(c in "几数半" for c in text):
        return None
    plain = re.match(_ARABIC, text)
    if plain:
        value = float(plain.group().replace(",", ""))
        for scale in text[plain.end() :]:
            value *= SCALES.get(scale, 1)
        return value
    return _chinese(text)


def _chinese(text: str) -> float | None:
    total, digit, last = 0.0, 0.0, 1
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
            continue
        if char not in SCALES:
            return None
        last = SCALES[char]
        if last >= SCALES["万"]:
            total, digit = (total + digit) * last, 0.0
        else:
            total, digit = total + (digit or 1) * last, 0.0
    spoken = last > 10 and digit and not text.endswith("零")  # noqa: PLR2004  "一千五" is 1,500
    return total + digit * (last / 10 if spoken and "零" not in text else 1)
