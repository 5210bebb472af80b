"""Background work: webhooks, again and again until they are heard; and what has had its time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import close_old_connections
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app

from lianfang.web.clients.models import Answer, Notice, Pace
from lianfang.web.clients.sending import attempt

if TYPE_CHECKING:
    from procrastinate import JobContext
    from procrastinate.jobs import Job

WAITS = (5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600)
"""Seconds between attempts."""
KEPT = timedelta(days=2)
"""How long an idempotency key is good for, at least."""


class UnheardError(Exception):
    """The endpoint didn't say that it heard."""


class Patiently(BaseRetryStrategy):
    """After each of `WAITS`, then no more."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, UnheardError) or job.attempts >= len(WAITS):
            return None
        return RetryDecision(retry_in={"seconds": WAITS[job.attempts]})


@app.task(name="clients.send", queue="webhooks", retry=Patiently(), pass_context=True)
def send(context: JobContext, notice: int) -> None:
    """Send a notice; a job that raises is tried again."""
    close_old_connections()
    found = Notice.objects.select_related("endpoint").get(pk=notice)
    last = context.job.attempts >= len(WAITS)
    if not attempt(notice=found, last=last) and not last:
        raise UnheardError


@app.periodic(cron="17 * * * *")
@app.task(name="clients.forget", queue="webhooks", queueing_lock="clients.forget")
def forget(timestamp: int) -> None:  # noqa: ARG001
    """Remove counts of minutes that are over, and answers that nobody asks for again."""
    close_old_connections()
    Pace.objects.filter(ends__lt=timezone.now() - timedelta(hours=1)).delete()
    Answer.objects.filter(at__lt=timezone.now() - KEPT).delete()
