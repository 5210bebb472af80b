"""What activities and features are called, in the reader's language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lianfang.report.guidance import guide_name
from lianfang.report.reasons import in_english
from lianfang.web.core.words import language, say
from lianfang.web.guidance.shipped import library

if TYPE_CHECKING:
    from lianfang.report.reasons import Said


@cache
def _english() -> dict[str, Said]:
    return in_english(library())


def english(feature: str) -> Said | None:
    """What a feature says in English, to readers of English."""
    return _english().get(feature) if language() == "en" else None


def named(activity: str) -> str:
    """An activity's name; `shared` is what several guides have."""
    if activity not in library().guides:
        return say("shared") if activity == "shared" else activity
    return guide_name(library().guides[activity], language())


def activities() -> list[tuple[str, str]]:
    """Every activity and its name."""
    return [(one, named(one)) for one in library().guides]
