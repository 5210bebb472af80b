"""Numbers with their units, as one regular expression.

A value that is named but not given ("几个点", "数千元") has the value None.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lianfang.text.numbers import NumberFound

if TYPE_CHECKING:
    from collections.abc import Iterator

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
SCALES = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 10**8}
DAYS = {"天": 1, "日": 1, "个工作日": 1, "工作日": 1, "周": 7, "个月": 30, "月": 30, "年": 365}
VAGUE = "几数半"
LONGEST_YEARS = 100
"""More years than that are a calendar year: "2025年"."""

_ONE = "一二两三四五六七八九"
_MEASURE = "[家条笔单份户次期个]"
# every repetition is bounded, so that a line of digits costs no more than its length
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,6})?"
_NUM = (
    rf"(?:{_ARABIC}(?:[百千万亿kw]{{1,3}}(?![a-z])(?:[1-9](?![0-9]))?)?"
    rf"|[零〇{_ONE}十{VAGUE}][零〇{_ONE}十百千万亿{VAGUE}]{{0,15}})"
)
_PATTERN = re.compile(
    rf"(?P<per>百分之){_NUM}"
    rf"|(?P<sign>[¥$])[ \t\n\r]?{_NUM}"
    rf"|(?P<spoken>[0-9]{{1,6}}(?:\.[0-9]{{1,6}})?[万千kw][1-9](?![0-9])"
    rf"|[{_ONE}][十百千{_ONE}]{{0,7}}万[{_ONE}](?!{_MEASURE}|[{_ONE}十百千]))"
    rf"|{_NUM}(?:[-~到至]{_NUM})?[ \t\n\r]?(?:"
    r"(?P<share>%|个点|个百分点|成(?![功为立本都交年员长就熟绩果])|折)"
    r"|(?P<times>倍)"
    r"|(?P<money>元|块钱?|人民币|rmb|大洋"
    r"|(?<=[万亿kw])(?![a-z人次条户名个多]))"
    r"|(?P<days>天|个工作日|工作日|周|个月|年(?![级代轻龄])))"
    # a number that stands alone, as prices do: "一家两千", "1888上车"
    rf"|(?P<bare>(?<![0-9.])(?:[1-9][0-9]{{2,5}}|[{_ONE}][百千](?:[{_ONE}](?!{_MEASURE}))?)(?![0-9%年月日号点:.-]))"
)
_NUMBER, _DIGITS, _VAGUE = re.compile(_NUM), re.compile(_ARABIC), frozenset(VAGUE)


def find_numbers(text: str) -> Iterator[NumberFound]:
    """Numbers in order. Time is linear in the length of the text."""
    for match in _PATTERN.finditer(text):
        kind = "bare" if match["bare"] else _kind(match)
        value = _value(match.group(), kind)
        if not _is_calendar_year(match, value):
            yield NumberFound(match.start(), match.end(), kind, value)


def _is_calendar_year(match: re.Match[str], value: float | None) -> bool:
    years = match["days"] == "年" and value is not None
    return years and (value or 0) >= LONGEST_YEARS * DAYS["年"]


def _kind(match: re.Match[str]) -> str:
    if match["per"] or match["share"]:
        return "share"
    if match["times"]:
        return "times"
    return "duration" if match["days"] else "money"


def _value(text: str, kind: str) -> float | None:
    number = _NUMBER.search(text.removeprefix("百分之"))
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
    if text.isascii() and text.isdecimal():
        return float(text)
    if not _VAGUE.isdisjoint(text):
        return None
    plain = _DIGITS.match(text)
    if plain:
        return _scaled(float(plain.group().replace(",", "")), text[plain.end() :])
    if not text or not all(char in DIGITS or char in SCALES for char in text):
        return None
    if all(char in DIGITS for char in text):
        return float("".join(str(DIGITS[char]) for char in text))
    return _chinese(text)


def _scaled(value: float, scales: str) -> float:
    """Arabic digits with what follows them: "2.5万", "1万5"."""
    last = 1
    for char in scales:
        if char.isdecimal():
            return value + int(char) * last / 10
        last = SCALES[char]
        value *= last
    return value


def _chinese(text: str) -> float:
    total, section, digit, last = 0.0, 0.0, 0.0, 1
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
            continue
        last = SCALES[char]
        if last >= SCALES["万"]:
            total, section, digit = (total + section + digit) * last, 0.0, 0.0
        else:
            section, digit = section + (digit or 1) * last, 0.0
    # "一千五" is 1,500: spoken numbers leave the last unit out
    spoken = last > SCALES["十"] and "零" not in text
    return total + section + digit * (last / 10 if spoken else 1)
