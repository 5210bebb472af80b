"""A step's time limit in words: `PT15M` is 15 分钟内, within 15 minutes."""

from __future__ import annotations

import re

_ISO = re.compile(r"P(?:(?P<D>\d+)D)?(?:T(?:(?P<H>\d+)H)?(?:(?P<M>\d+)M)?(?:(?P<S>\d+)S)?)?")
_UNITS = {"D": ("天", "day"), "H": ("小时", "hour"), "M": ("分钟", "minute"), "S": ("秒", "second")}
_AT_ONCE = ("立即", "at once")


def due(limit: str, lang: str) -> str:
    """An ISO 8601 duration in words; what is no duration stays as it is."""
    found = _ISO.fullmatch(limit)
    if not found or limit.endswith(("P", "T")):
        return limit
    parts = [(int(value), unit) for unit, value in found.groupdict().items() if value]
    said = [(number, unit) for number, unit in parts if number]
    if not said:
        return _AT_ONCE[lang == "en"]
    return _english(said) if lang == "en" else _chinese(said)


def _chinese(parts: list[tuple[int, str]]) -> str:
    return "".join(f" {number} {_UNITS[unit][0]}" for number, unit in parts).strip() + "内"


def _english(parts: list[tuple[int, str]]) -> str:
    said = (f"{number} {_UNITS[unit][1]}{'' if number == 1 else 's'}" for number, unit in parts)
    return "within " + " ".join(said)
