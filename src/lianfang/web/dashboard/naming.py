"""What things are called on the charts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lianfang.guides.library import Library
from lianfang.report.guidance import guide_name
from lianfang.report.reasons import in_english
from lianfang.web.core.words import language, say

if TYPE_CHECKING:
    from lianfang.report.reasons import Said
    from lianfang.web.alerts.precision import Precision

_MINUTES, _HOURS = 60, 24


def activity_name(activity: str) -> str:
    """Of an activity; that of an alert may be "" or of a guide that is no longer there."""
    guide = _library().guides.get(activity)
    return guide_name(guide, language()) if guide else activity or say("no_activity")


def platform_name(platform: str) -> str:
    """Of a platform, as the source wrote it."""
    return platform or say("no_platform")


def feature_name(feature: Precision) -> str:
    """Of a feature; in Chinese where it isn't a shipped one."""
    said = _english().get(feature.id) if language() == "en" else None
    return said.label if said else feature.label


def duration(hours: float) -> str:
    """A time in the unit that suits it."""
    if hours < 1:
        return say("n_minutes", n=round(hours * _MINUTES))
    if hours < 2 * _HOURS:
        return say("n_hours", n=f"{hours:.1f}")
    return say("n_days", n=f"{hours / _HOURS:.1f}")


@cache
def _library() -> Library:
    return Library()


@cache
def _english() -> dict[str, Said]:
    return in_english(_library())
