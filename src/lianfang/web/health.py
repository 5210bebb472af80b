"""Whether a part of a deployment works: `python -m lianfang.web.health site | worker`.

Ends with 0 if it does. The site is asked for its sign-in page on this machine, port 8000. For
workers the database that `LIANFANG_DATABASE_URL` names is asked for a sign of life.
"""

from __future__ import annotations

import os
import sys
import urllib.request
from http import HTTPStatus
from pathlib import Path

import psycopg

from lianfang.web.deployment import Deployment
from lianfang.web.places import URL, place_of

SECONDS = 5
SITE = "http://127.0.0.1:{port}/accounts/login/"
ALIVE = """SELECT 1 FROM procrastinate_workers
WHERE last_heartbeat > now() - make_interval(secs => %s)"""


def main(part: str, port: str = "8000") -> None:
    """Ask the part; an error ends with 1."""
    if part == "site":
        ask_site(port)
    else:
        ask_workers(Deployment(Path(os.environ["LIANFANG_HOME"])))


def ask_site(port: str) -> None:
    """Fetch the sign-in page under the site's own name."""
    name = os.environ.get("LIANFANG_HOSTS", "127.0.0.1").partition(",")[0]
    headers = {"Host": name, "X-Forwarded-Proto": "https"}
    request = urllib.request.Request(SITE.format(port=port), headers=headers)  # noqa: S310  our own
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
        if answer.status != HTTPStatus.OK:
            sys.exit(f"the site answers {answer.status}")


def ask_workers(deployment: Deployment) -> None:
    """Look for a worker that isn't taken for dead."""
    stalled = float(os.environ.get("LIANFANG_STALLED_SECONDS", "20"))
    host, _, rest = place_of(os.environ[URL]).rpartition(":")
    port, _, name = rest.partition("/")
    password = deployment.secrets.roles["worker"]
    with psycopg.connect(
        host=host,
        port=port,
        dbname=name,
        user="lianfang_worker",
        password=password,
        connect_timeout=SECONDS,
    ) as connection:
        if connection.execute(ALIVE, [stalled]).fetchone() is None:
            sys.exit("no worker gives a sign of life")


if __name__ == "__main__":
    main(*sys.argv[1:])
