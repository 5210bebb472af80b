"""Files that others put into watched folders are taken from there, as if somebody sent them."""

from __future__ import annotations

import logging
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from lianfang.errors import LianfangError
from lianfang.files.archives import decoded, harmless
from lianfang.web.database.seeing import seeing
from lianfang.web.institution.purposes import ALL_PURPOSES
from lianfang.web.intake.models import Source
from lianfang.web.intake.taking import take
from lianfang.web.intake.watched_folder import (
    FOLDER,
    ChangedError,
    claimed,
    finish,
    folders,
    reading,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.web.intake.watched_folder import Folders

WHO = "system:watched"
"""In the record; no account can have this name."""

STILL_SECONDS = 5.0
LOCK = 0x77617463
TROUBLE = (OSError, DatabaseError)

log = logging.getLogger(__name__)


def watch() -> None:
    """Look into every source's folder once; what can't be taken now is left for the next time."""
    with _alone() as mine, seeing(ALL_PURPOSES):
        if mine:
            _look_into_all(list(Source.objects.order_by("id")), time.time() - STILL_SECONDS)


def _look_into_all(sources: list[Source], still_since: float) -> None:
    try:
        handle = os.open(settings.DEPLOYMENT.watched, FOLDER)
    except OSError as error:
        log.warning("watched folders: %s", type(error).__name__)
        return
    try:
        for source in sources:
            _look(source, handle, still_since)
    finally:
        os.close(handle)


def _look(source: Source, watched: int, still_since: float) -> None:
    try:
        with seeing([source.purpose]), folders(watched, str(source.pk)) as at:
            for name in claimed(at, still_since=still_since):
                _take(source, at, name)
    except TROUBLE as error:
        log.warning("watched folder of source %s: %s", source.pk, type(error).__name__)


def _take(source: Source, at: Folders, name: str) -> None:
    shown = harmless(decoded(os.fsencode(name)))
    try:
        # What changes while it is read is taken back with the transaction.
        with transaction.atomic(), reading(at, name) as file:
            delivery, _ = take(source=source, stream=file, name=shown, who=WHO)
    except ChangedError:
        return
    except LianfangError as error:
        refuse(at, name, ": ".join(filter(None, (error.what, error.do))))
        return
    finish(at, name, delivery.pk)


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other worker watches now; the lock goes with the connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        mine: bool = cursor.fetchone()[0]
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
