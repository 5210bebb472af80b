"""A screener that screens as this institution set it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lianfang.screening import Screener
from lianfang.screening.weights import SHIPPED, load, save
from lianfang.web.guidance.folder import folder, texts
from lianfang.web.guidance.settings import Bounds, Settings, adjusted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from lianfang.model import Verdict
    from lianfang.screening.screener import Row


class LocalScreener:
    """The shipped guides under some settings.

    Args:
        settings: that stand.
        changes: features that read otherwise, by their ids; on trial they count even where they
            are off.
    """

    def __init__(self, settings: Settings, changes: Mapping[str, str] | None = None) -> None:
        self._changes = dict(changes or {})
        self._used = self._made(settings)

    def use(self, settings: Settings) -> None:
        """Screen by other settings from now on; another thread may be screening meanwhile."""
        if settings != self._used.settings:
            self._used = self._made(settings)

    def screen_rows(self, rows: Iterable[Row]) -> Iterator[Verdict]:
        """One verdict a row, in order."""
        screener, settings = self._used
        verdicts = screener.screen_rows(rows)
        if not settings.version:
            return verdicts
        general = Bounds(*screener.thresholds)
        return (adjusted(one, settings, general) for one in verdicts)

    def _made(self, settings: Settings) -> _Used:
        off = dict.fromkeys(settings.off - self._changes.keys(), "")
        changes = tuple(sorted((off | self._changes).items()))
        return _Used(_screener(changes, settings.general), settings)


class _Used(NamedTuple):
    screener: Screener
    settings: Settings


@cache
def shipped_bounds() -> Bounds:
    """Where "clear" and "suspect" begin unless somebody set it."""
    weights = load()
    return Bounds(weights.clear_below, weights.suspect_from)


@lru_cache(maxsize=3)
def _screener(changes: tuple[tuple[str, str], ...], general: Bounds | None) -> Screener:
    """Seconds to make; the same guides are given again and again."""
    if not changes and not general:
        return Screener()
    with folder(texts(dict(changes))) as root:
        return Screener(root, model=_weights(root, general) if general else SHIPPED)


def _weights(root: Path, general: Bounds) -> Path:
    """The shipped weights with other bounds."""
    path = root / SHIPPED.name
    save(replace(load(), **general._asdict()), path)
    return path
