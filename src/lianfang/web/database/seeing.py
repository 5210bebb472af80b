"""Which purposes this database session sees: none, until it is told."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

from lianfang.web.database.access import SETTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@contextmanager
def seeing(purposes: Iterable[str]) -> Iterator[None]:
    """Let the session see rows of these purposes within, and those of before afterwards.

    A connection that is made anew within sees nothing: that errs on the safe side.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [SETTING])
        before = cursor.fetchone()[0]
    _see(",".join(sorted(purposes)))
    try:
        yield
    finally:
        # In a transaction that failed nothing can be said; its end takes the setting back.
        if not connection.needs_rollback:
            _see(before)


def _see(purposes: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, purposes])
