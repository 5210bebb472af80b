"""A step's time limit in words: `PT15M` is 15 分钟内, within 15 minutes."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\d+)([YMWDhms])")
_DURATION = re.compile(rf"({_NUMBER.pattern})+")
_UNITS = {
    "Y": ("年", "year", 31_536_000),
    "M": ("个月", "month", 2_592_000),
    "W": ("周", "week", 604_800),
    "D": ("天", "day", 86_400),
    "h": ("小时", "hour", 3_600),
    "m": ("分钟", "minute", 60),
    "s": ("秒", "second", 1),
}

Part = tuple[int, str]


def due(limit: str, lang: str) -> str:
    """An ISO 8601 duration in words; what is no duration stays as it is."""
    parts = _parts(limit)
    if parts is None:
        return limit
    if not parts:
        return "at once" if lang == "en" else "立即"
    return _english(parts) if lang == "en" else _chinese(parts)


def seconds(limit: str) -> int | None:
    """How long an ISO 8601 duration is, a month taken as 30 days; None for anything else."""
    parts = _parts(limit)
    return None if parts is None else sum(number * _UNITS[unit][2] for number, unit in parts)


def _parts(limit: str) -> list[Part] | None:
    """Numbers above 0 with their units; None for what is no duration."""
    date, _, time = limit.removeprefix("P").partition("T")
    letters = date + time.lower()
    if not limit.startswith("P") or not _DURATION.fullmatch(letters):
        return None
    return [(int(number), unit) for number, unit in _NUMBER.findall(letters) if int(number)]


def _chinese(parts: list[Part]) -> str:
    return " ".join(f"{number} {_UNITS[unit][0]}" for number, unit in parts) + "内"


def _english(parts: list[Part]) -> str:
    said = (f"{number} {_UNITS[unit][1]}{'' if number == 1 else 's'}" for number, unit in parts)
    return "within " + " ".join(said)
