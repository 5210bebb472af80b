"""Hands deliveries to the workers, in the transaction of the session that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

if TYPE_CHECKING:
    from lianfang.web.intake.models import Delivery

QUEUE, PROCESS = "intake", "intake.process"


def queue(delivery: Delivery) -> None:
    """Have a delivery worked through; nobody hears of it if the transaction fails.

    By Django's own connection: within a worker, procrastinate's would be another transaction.
    """
    configure_task(
        name=PROCESS,
        job_manager=JobManager(DjangoConnector()),
        queue=QUEUE,
        lock=f"delivery-{delivery.pk}",
    ).defer(delivery=delivery.pk, purpose=delivery.purpose)
