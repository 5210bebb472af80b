"""Background work of intake. Arguments are numbers and the name of a purpose, never data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import close_old_connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lianfang.web.core.background import end_if_cut_off, end_if_dead, take_up_stalled
from lianfang.web.database.seeing import seeing
from lianfang.web.intake.keeping import OvertakenError
from lianfang.web.intake.queueing import PROCESS, QUEUE
from lianfang.web.intake.services import give_up, work
from lianfang.web.intake.watching import watch

if TYPE_CHECKING:
    from procrastinate import JobContext

MOST_ATTEMPTS = 3
WATCH_SECONDS = 5


@app.task(
    name=PROCESS,
    queue=QUEUE,
    retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=5),
    pass_context=True,
)
def process(context: JobContext, delivery: int, purpose: str) -> None:
    """Work a delivery through; one that fails again and again is told as failed."""
    close_old_connections()
    try:
        with seeing([purpose]):
            work(delivery_id=delivery)
    except OvertakenError:
        end_if_dead(context)
    except Exception as error:
        end_if_cut_off()
        if context.job.attempts >= MOST_ATTEMPTS:
            with seeing([purpose]):
                give_up(delivery_id=delivery, error=error)
        raise


@app.periodic(cron=f"*/{max(int(settings.STALLED_SECONDS / 2), 1)} * * * * *")
@app.task(
    name="intake.retry_stalled", queue=QUEUE, queueing_lock="retry_stalled", pass_context=True
)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Take up again what a worker that died had begun."""
    await take_up_stalled(context)


@app.periodic(cron=f"*/{WATCH_SECONDS} * * * * *")
@app.task(name="intake.watch", queue=QUEUE, queueing_lock="watch")
def watch_folders(timestamp: int) -> None:  # noqa: ARG001
    """Take what was put into watched folders."""
    close_old_connections()
    watch()
