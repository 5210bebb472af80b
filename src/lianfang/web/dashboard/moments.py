"""When a text was published, as its source wrote it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
_WRITTEN = re.compile(
    r"\s*(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[\sT]*"
    r"(\d{1,2})\s*[:：时点]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2})(?:\.\d+)?)?\s*[分秒]?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?\s*",
    re.ASCII,
)
_SECONDS = re.compile(r"\s*(\d{10})(?:\d{3})?\s*", re.ASCII)
"""Since 1970; three digits more are milliseconds."""


def moment(written: str) -> datetime | None:
    """The moment that a source wrote; in Beijing where it names no zone.

    None where nothing stands there, no time of the day, or what can't be read for sure ("昨天",
    or a month that might be a day): a day alone would make delays of hours out of nothing.
    """
    if found := _SECONDS.fullmatch(written):
        return datetime.fromtimestamp(int(found[1]), UTC)
    found = _WRITTEN.fullmatch(written)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    zone = (found[7] or "").replace("Z", "+0000").replace(":", "")
    try:
        naive = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  its zone follows
        offset = datetime.strptime(zone, "%z").tzinfo if zone else BEIJING
    except ValueError:
        return None
    return naive.replace(tzinfo=offset)
