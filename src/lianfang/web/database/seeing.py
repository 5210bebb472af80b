"""Which purposes this database session sees: none, until it is told."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection
from psycopg.pq import TransactionStatus

from lianfang.web.database.access import SETTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TELL = """
WITH before AS MATERIALIZED (SELECT coalesce(current_setting(%s, true), '') AS told)
SELECT told, set_config(%s, %s, false) FROM before
"""
_FAILED = (TransactionStatus.INERROR, TransactionStatus.UNKNOWN)


@contextmanager
def seeing(purposes: Iterable[str]) -> Iterator[None]:
    """Let the session see rows of these purposes within, and those of before afterwards.

    A connection that is made anew within sees nothing: that errs on the safe side.
    """
    before = _see(",".join(sorted(purposes)))
    try:
        yield
    finally:
        # In a transaction that failed nothing can be said; its end takes the setting back.
        if not _has_failed():
            _see(before)


def _see(purposes: str) -> str:
    """Tell the session; return what it was told before."""
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [SETTING, SETTING, purposes])
        before: str = cursor.fetchone()[0]
    return before


def _has_failed() -> bool:
    held = connection.connection
    failed = held is not None and held.info.transaction_status in _FAILED
    return failed or connection.needs_rollback
