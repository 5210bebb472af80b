"""A process that works in the background: `python -m lianfang.web.worker [--once | --webhooks]`.

With `--once` it ends when nothing is left to do. With `--webhooks` it sends webhooks and does
nothing else, without it everything else: whoever hears slowly holds no file up.

Reads its deployment from the environment, as the site does (`settings`).
"""

from __future__ import annotations

import sys

import django

from lianfang.web import settling

BEATS = 4
"""Signs of life in the time after which a worker is taken for dead."""


def main() -> None:
    """Work until told to stop; a task under way is finished first."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from procrastinate.contrib.django import app  # noqa: PLC0415  needs the apps
    from procrastinate.exceptions import ConnectorException  # noqa: PLC0415

    from lianfang.web.core.background import end  # noqa: PLC0415

    settling.settle()
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as running:
        try:
            running.run_worker(
                queues=_queues(),
                concurrency=1,
                wait="--once" not in sys.argv,
                update_heartbeat_interval=settings.STALLED_SECONDS / BEATS,
                stalled_worker_timeout=settings.STALLED_SECONDS,
                fetch_job_polling_interval=2.0,
                delete_jobs="successful",
            )
        except ConnectorException:
            end("the database is away, or knows it no more")


def _queues() -> list[str] | None:
    if "--once" in sys.argv:
        return None
    return ["webhooks"] if "--webhooks" in sys.argv else ["intake"]


if __name__ == "__main__":
    main()
