"""Background work of trials. Arguments are numbers and the name of a purpose, never data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lianfang.web.database.seeing import seeing
from lianfang.web.trials.services import give_up, work

if TYPE_CHECKING:
    from procrastinate import JobContext

MOST_ATTEMPTS = 3
PRIORITY = -10
"""What comes in is screened first. Workers listen to one queue, which is named after intake."""


@app.task(
    name="trials.shadow",
    queue="intake",
    retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=5),
    pass_context=True,
)
async def shadow(context: JobContext, run: int, purpose: str) -> None:
    """Go on with a run for some seconds; another job does the rest, after those that wait."""
    more = await sync_to_async(_slice)(context.job.attempts, run, purpose)
    if more:
        job = shadow.configure(lock=f"run-{run}", priority=PRIORITY)
        await job.defer_async(run=run, purpose=purpose)


def begin(*, run_id: int, purpose: str) -> None:
    """Have a run begun, when its transaction is kept."""
    job = shadow.configure(lock=f"run-{run_id}", priority=PRIORITY)
    job.defer(run=run_id, purpose=purpose)


def _slice(attempts: int, run: int, purpose: str) -> bool:
    close_old_connections()
    with seeing([purpose]):
        try:
            return work(run_id=run)
        except Exception as error:
            if attempts >= MOST_ATTEMPTS:
                give_up(run_id=run, error=error)
            raise
