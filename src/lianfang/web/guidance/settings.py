"""What this institution set for itself, and what that makes of a verdict.

The engine knows nothing of it. Features that are off, and bounds for all, go into the guides and
weights that it is given; bounds of one activity or feature are laid on the verdict.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

if TYPE_CHECKING:
    from lianfang.model import Verdict

LOCAL = "local-settings"
"""Under this name a verdict tells the version of the settings, beside those of its guides."""


class Bounds(NamedTuple):
    """A score below the first is clear, from the second on suspect."""

    clear_below: float
    suspect_from: float


class Settings(NamedTuple):
    """Settings that stand at a time.

    Attributes:
        version: of all of them; "" where nothing was ever set.
        off: features that don't count.
        general: bounds for all texts; None as shipped.
        bounds: of texts about an activity, for some activities.
        least: for some features, the score from which on a text that is suspect because of the
            feature is so.
    """

    version: str = ""
    off: frozenset[str] = frozenset()
    general: Bounds | None = None
    bounds: tuple[tuple[str, Bounds], ...] = ()
    least: tuple[tuple[str, float], ...] = ()


def adjusted(verdict: Verdict, settings: Settings, general: Bounds) -> Verdict:
    """The verdict as the settings have it; it names their version.

    Args:
        verdict: by `general`.
        settings: laid on it.
        general: bounds of texts about no activity, or one without bounds of its own.
    """
    if not settings.version:
        return verdict
    bounds = _bounds_of(verdict, settings, general)
    suspect = _suspect(verdict, bounds) if bounds != general else verdict.suspect
    if suspect and any(_hinges(verdict, *one, bounds) for one in settings.least):
        suspect = None
    guides = {**verdict.guides, LOCAL: settings.version}
    return replace(verdict, suspect=suspect, guides=guides)


def _bounds_of(verdict: Verdict, settings: Settings, general: Bounds) -> Bounds:
    """Those of what the text is first of all about.

    Clear never begins below the general bound: at what is clear the engine looks no closer.
    """
    about = verdict.activities[0].id if verdict.activities else ""
    own = dict(settings.bounds).get(about, general)
    clear_below = max(own.clear_below, general.clear_below)
    return Bounds(clear_below, max(own.suspect_from, clear_below))


def _suspect(verdict: Verdict, bounds: Bounds) -> bool | None:
    """Stance decides: a low bound makes nothing suspect that doesn't offend."""
    if verdict.suspect is False or verdict.score < bounds.clear_below:
        return False
    return (verdict.stance.offends and verdict.score >= bounds.suspect_from) or None


def _hinges(verdict: Verdict, feature: str, least: float, bounds: Bounds) -> bool:
    """Whether a text is suspect because of a feature, and yet not surely enough.

    Because of it: without what the feature adds, the score would be below the bound.
    """
    adds = sum(weight.value for weight in verdict.weights if weight.what == feature)
    if adds <= 0 or verdict.score >= least:
        return False
    return _log_odds(verdict.score) - adds < _log_odds(bounds.suspect_from)


def _log_odds(share: float) -> float:
    share = min(max(share, 1e-6), 1 - 1e-6)
    return log(share / (1 - share))
