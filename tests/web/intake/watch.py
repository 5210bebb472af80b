"""Watch as a worker does, `python watch.py TIMES [ready]`; files are still at once.

With `ready` it says in each source's folder that it is about to begin.
"""

from __future__ import annotations

import sys
import time

import django


def main(times, *ready):
    django.setup()
    from django.conf import settings

    from lianfang.web.intake import watching

    watching.STILL_SECONDS = -1.0
    if ready:
        for folder in settings.DEPLOYMENT.watched.iterdir():
            (folder / ".ready").touch()
    for _ in range(int(times)):
        watching.watch()
        time.sleep(0.01)


if __name__ == "__main__":
    main(*sys.argv[1:])
