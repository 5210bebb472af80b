"""Jobs whose worker died are taken up; a worker that can't tell what became of its job ends."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.db import connection
from procrastinate.exceptions import UniqueViolation

if TYPE_CHECKING:
    from procrastinate import JobContext

ENDED = 75
"""How such a worker ends: `EX_TEMPFAIL`; whoever started it starts another."""

# Not procrastinate's `retry_job`: a death says nothing of the job, so it's no attempt.
_TAKE_UP = """
UPDATE procrastinate_jobs SET status = 'todo', scheduled_at = now()
WHERE id = %(id)s AND status = 'doing' AND worker_id IS NOT DISTINCT FROM %(worker)s
"""
_DROP = "DELETE FROM procrastinate_jobs WHERE id = %(id)s AND status = 'doing'"
_MINE = "SELECT 1 FROM procrastinate_jobs WHERE id = %s AND status = 'doing' AND worker_id = %s"


async def take_up_stalled(context: JobContext) -> None:
    """Let others do what workers that died had begun."""
    manager, connector = context.app.job_manager, context.app.connector
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=settings.STALLED_SECONDS):
        try:
            await connector.execute_query_async(_TAKE_UP, id=job.id, worker=job.worker_id)
        except UniqueViolation:  # another of its queueing lock waits already
            await connector.execute_query_async(_DROP, id=job.id)


def end_if_dead(context: JobContext) -> None:
    """End this process if others took it for dead: the job is theirs, and isn't ours to finish."""
    with connection.cursor() as cursor:
        cursor.execute(_MINE, [context.job.id, context.job.worker_id])
        if cursor.fetchone() is None:
            end("was taken for dead")


def end_if_cut_off() -> None:
    """End this process if the database is away: what became of the job can't be told there."""
    if not connection.is_usable():
        end("the database is away")


def end(why: str) -> NoReturn:
    """End this process at once, as one that another should be started for."""
    logging.getLogger(__name__).warning("worker ends: %s", why)
    os._exit(ENDED)  # from a thread, and without what procrastinate does at an end
