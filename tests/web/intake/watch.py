"""Watch as a worker does, files being still at once: `python watch.py [FOLDER]`.

With a source's folder it is first killed again and again while files lie there, each time at a
random moment, in processes of its own; it writes how often that was.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import django

MOST_KILLS = 200


def main(*folder):
    django.setup()
    from lianfang.web.intake import watching

    watching.STILL_SECONDS = -1.0
    if folder:
        print(_killed(Path(*folder), watching.watch))
    watching.watch()


def _killed(folder, watch):
    moments = random.Random(3)  # noqa: S311
    for kills in range(MOST_KILLS):
        if not any(path.is_file() for path in folder.iterdir()):
            return kills
        child = os.fork()
        if not child:
            watch()
            os._exit(0)
        time.sleep(moments.uniform(0.03, 0.3))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return MOST_KILLS


if __name__ == "__main__":
    main(*sys.argv[1:])
