"""Locks of the database that keep rotation of keys, backups and those who seal apart.

They belong to the transaction or the session that takes them, and go with it, however it ends.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from lianfang.errors import LianfangError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Two numbers: locks of one number, such as those of sources, are others.
KEYS = (0x4C46, 1)
ROTATION = (0x4C46, 2)


class RotatingError(LianfangError):
    """Keys are being rotated, or a copy is being taken: one excludes the other."""

    http_status = 409


def hold_keys() -> None:
    """No key is added or retired until the transaction ends; read the keys after this."""
    _ask("SELECT pg_advisory_xact_lock_shared(%s, %s)", KEYS)


@contextmanager
def keys_at_rest() -> Iterator[None]:
    """Wait for all who hold the keys, and let nobody take them meanwhile."""
    with transaction.atomic():
        _ask("SELECT pg_advisory_xact_lock(%s, %s)", KEYS)
        yield


@contextmanager
def only_rotation() -> Iterator[None]:
    """Nobody else rotates keys or takes a backup meanwhile.

    Raises:
        RotatingError: somebody does.
    """
    if not _ask("SELECT pg_try_advisory_lock(%s, %s)", ROTATION):
        raise busy()
    try:
        yield
    finally:
        _ask("SELECT pg_advisory_unlock(%s, %s)", ROTATION)


def busy() -> RotatingError:
    """What is told to whoever comes second."""
    do = "wait until it has ended, and try again"
    return RotatingError("keys are being rotated, or a copy is being taken", do=do)


def _ask(query: str, lock: tuple[int, int]) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, lock)
        return cursor.fetchone()[0]
