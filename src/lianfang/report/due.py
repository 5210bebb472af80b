"""A step's time limit in words: `PT15M` is 15 分钟内, within 15 minutes."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\d+)([YMWDhms])")
_DURATION = re.compile(rf"({_NUMBER.pattern})+")
_UNITS = {
    "Y": ("年", "year"),
    "M": ("个月", "month"),
    "W": ("周", "week"),
    "D": ("天", "day"),
    "h": ("小时", "hour"),
    "m": ("分钟", "minute"),
    "s": ("秒", "second"),
}


def due(limit: str, lang: str) -> str:
    """An ISO 8601 duration in words; what is no duration stays as it is."""
    date, _, time = limit.removeprefix("P").partition("T")
    letters = date + time.lower()
    if not limit.startswith("P") or not _DURATION.fullmatch(letters):
        return limit
    parts = [(int(number), unit) for number, unit in _NUMBER.findall(letters) if int(number)]
    if not parts:
        return "at once" if lang == "en" else "立即"
    return _english(parts) if lang == "en" else _chinese(parts)


def _chinese(parts: list[tuple[int, str]]) -> str:
    return " ".join(f"{number} {_UNITS[unit][0]}" for number, unit in parts) + "内"


def _english(parts: list[tuple[int, str]]) -> str:
    said = (f"{number} {_UNITS[unit][1]}{'' if number == 1 else 's'}" for number, unit in parts)
    return "within " + " ".join(said)
