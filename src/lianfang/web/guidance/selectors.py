"""Which settings stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from lianfang.web.guidance.models import Setting, What
from lianfang.web.guidance.settings import Bounds, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


def last(at: datetime | None = None) -> list[Setting]:
    """The last setting of each subject, whatever it says; one query.

    Args:
        at: as of that time, unless it is now.
    """
    found = Setting.objects.filter(at__lte=at) if at else Setting.objects.all()
    ordered = found.select_related("by").order_by("what", "of", "-id")
    return list(ordered.distinct("what", "of"))


def standing(among: Iterable[Setting], now: datetime | None = None) -> list[Setting]:
    """Those of the last that haven't ended and differ from the shipped guides."""
    now = now or timezone.now()
    return [one for one in among if not one.shipped and not _has_ended(one, now)]


def current(among: Iterable[Setting] | None = None, now: datetime | None = None) -> Settings:
    """The settings that screening uses now; one query of a small table where none are given.

    Args:
        among: the last of each subject.
        now: the time, unless it is now.
    """
    now = now or timezone.now()
    every = list(last() if among is None else among)
    mine = standing(every, now)
    bounds = {
        one.of: Bounds(one.clear_below, one.suspect_from)
        for one in mine
        if one.clear_below is not None and one.suspect_from is not None
    }
    return Settings(
        _version(every, now),
        frozenset(one.of for one in mine if one.what == What.SWITCH),
        bounds.pop("", None),
        tuple(sorted(bounds.items())),
        tuple(
            (one.of, one.suspect_from)
            for one in mine
            if one.what == What.LEAST and one.suspect_from is not None
        ),
    )


def _version(every: list[Setting], now: datetime) -> str:
    """The number of the last change and, where since then some settings ended, how many."""
    if not every:
        return ""
    newest = max(every, key=lambda one: one.pk)
    later = [one for one in every if _has_ended(one, now) and not _has_ended(one, newest.at)]
    return f"{newest.pk}.{len(later)}" if later else str(newest.pk)


def _has_ended(setting: Setting, now: datetime) -> bool:
    return setting.until is not None and setting.until <= now
