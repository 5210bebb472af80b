"""What things are called on the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.web.core.words import language, say
from lianfang.web.guidance.shipped import features
from lianfang.web.intake.naming import named

if TYPE_CHECKING:
    from lianfang.web.trials.precision import Precision

_MINUTES, _HOURS = 60, 24


def activity_name(activity: str) -> str:
    """Of an activity; of an alert that names none, too."""
    return named(activity) if activity else say("no_activity")


def platform_name(platform: str) -> str:
    """Of a platform, as the source wrote it."""
    return platform or say("no_platform")


def feature_name(feature: Precision) -> str:
    """Of a feature; its id where it isn't a shipped one."""
    known = features().get(feature.id)
    return getattr(known.feature.label, language()) if known else feature.id


def duration(hours: float) -> str:
    """A time in the unit that suits it."""
    if hours < 1:
        return say("n_minutes", n=round(hours * _MINUTES))
    if hours < 2 * _HOURS:
        return say("n_hours", n=f"{hours:.1f}")
    return say("n_days", n=f"{hours / _HOURS:.1f}")
