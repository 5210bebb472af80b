"""Counts over all rows: made at most once a minute for readers of the same purposes.

To ask of each of 200,000 alerts whether the reader may see it takes most of a second. What is kept
stays in the memory of this process.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, TypeVar, cast

from django.core.cache import caches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

KEPT_SECONDS = 60
_counting = Lock()


def kept(name: str, purposes: Iterable[str], count: Callable[[], T]) -> T:
    """What was counted, or is counted now: by one reader, while the others wait for it.

    Args:
        name: of what is counted; another for other days, say.
        purposes: that the session sees.
        count: counts it as the session sees it; never None.
    """
    cache, key = caches["brief"], "|".join([name, *sorted(purposes)])
    if (found := cache.get(key)) is None:
        with _counting:
            found = cache.get_or_set(key, count, KEPT_SECONDS)
    return cast("T", found)
