"""What `lianfang migrate | serve | worker | user` do: they prepare, then hand over to Django."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg

from lianfang.errors import InputError
from lianfang.web.database.embedded import Embedded
from lianfang.web.database.functions import make_functions
from lianfang.web.database.roles import make_database, make_roles
from lianfang.web.deployment import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.web.deployment import Deployment

URL = "LIANFANG_DATABASE_URL"
"""`postgresql://user:password@host:port/name` of a server of one's own; embedded without it. The
user is needed by `migrate` alone, which makes the roles."""

STOP_SECONDS = 15
DAY = 86_400


@contextmanager
def database(deployment: Deployment) -> Iterator[str]:
    """The place of the deployment's database, as Django's settings read it, while it lasts."""
    url = os.environ.get(URL)
    if url:
        yield _place(url)
        return
    with Embedded(deployment.home, password=deployment.secrets.superuser) as server:
        yield f"{server.socket}:{server.port}/{DATABASE}"


def prepare(deployment: Deployment, place: str, role: str) -> None:
    """Make this process one of the deployment's, under a role of its database."""
    os.environ |= environment(deployment, place, role)
    import django  # noqa: PLC0415  reads the settings as it is set up

    django.setup()


def environment(deployment: Deployment, place: str, role: str) -> dict[str, str]:
    """What the settings of a process of the deployment are read from."""
    return {
        "DJANGO_SETTINGS_MODULE": "lianfang.web.settings",
        "LIANFANG_HOME": str(deployment.home),
        "LIANFANG_DATABASE": place,
        "LIANFANG_ROLE": role,
    }


def migrate(deployment: Deployment, place: str) -> None:
    """Make or bring up to date roles, database, tables, and who may use them."""
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415  loads Django

    deployment.add_purpose_keys(ALL_PURPOSES)
    prepare_database(deployment, place)
    prepare(deployment, place, "owner")
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    grant(deployment, place)
    _ = deployment.watched  # so that it's there to be given to whoever puts files in


def prepare_database(deployment: Deployment, place: str) -> None:
    """Make the roles and the database where they are missing."""
    with psycopg.connect(administrator(deployment, place), autocommit=True) as connection:
        make_roles(connection, deployment.secrets.roles)
        make_database(connection, place.rpartition("/")[2])


def grant(deployment: Deployment, place: str) -> None:
    """Give each role its rights to what is there, and take all others."""
    prepare(deployment, place, "owner")
    from django.db import connection  # noqa: PLC0415

    from lianfang.web.database.access import apply  # noqa: PLC0415

    with connection.cursor() as cursor:
        apply(cursor)
    connection.close()
    name = place.rpartition("/")[2]
    with psycopg.connect(administrator(deployment, place, name)) as owner:
        make_functions(owner)


def serve(deployment: Deployment, *, host: str, port: int, sites: int, workers: int) -> None:
    """Serve the staff site and work in the background until told to stop."""
    deployment.clear_incoming(time.time() - DAY)
    with database(deployment) as place, _children() as children:
        children += [start_worker(deployment, place) for _ in range(workers)]
        children.append(start_worker(deployment, place, "--webhooks"))
        children.append(_start_site(deployment, place, host, port, sites))
        children[-1].wait()


def run_worker(deployment: Deployment, place: str, *arguments: str) -> int:
    """Work in the background until told to stop, or done; return how the process ended."""
    with _children() as children:
        children.append(start_worker(deployment, place, *arguments))
        return children[0].wait()


def start_worker(deployment: Deployment, place: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a process that works in the background (`worker` tells its arguments)."""
    command = [sys.executable, "-m", "lianfang.web.worker", *arguments]
    return _started(command, environment(deployment, place, "worker"))


def _start_site(
    deployment: Deployment, place: str, host: str, port: int, sites: int
) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", host, "--port", str(port), "--workers", str(sites)]
    command += [
        "--no-ws",
        "--blocking-threads",
        "4",
        "--log-level",
        "warning",
        "lianfang.web.wsgi:application",
    ]
    return _started(command, environment(deployment, place, "staff"))


def _started(command: list[str], said: dict[str, str]) -> subprocess.Popen[bytes]:
    """A process with a group of its own: what it starts can be ended with it."""
    return subprocess.Popen(command, env=os.environ | said, start_new_session=True)


@contextmanager
def _children() -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that end with this one, however it is told to."""
    children: list[subprocess.Popen[bytes]] = []
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        yield children
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        signal.signal(signal.SIGTERM, before)
        for child in children:
            child.terminate()
        for child in children:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    with suppress(subprocess.TimeoutExpired):
        child.wait(STOP_SECONDS)
    # A server that is told to end while it starts leaves its own children behind.
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def _place(url: str) -> str:
    parts = urlsplit(url)
    name = parts.path.strip("/")
    if not parts.hostname or not name:
        do = "write postgresql://user:password@host:port/name"
        raise InputError("no host or no name of a database", where=URL, do=do)
    return f"{parts.hostname}:{parts.port or 5432}/{name}"


def administrator(deployment: Deployment, place: str, name: str = "postgres") -> str:
    """How whoever administers the server connects to one of its databases."""
    host, _, rest = place.rpartition(":")
    port = rest.partition("/")[0]
    url = urlsplit(os.environ.get(URL, ""))
    user = url.username or "postgres"
    password = url.password or deployment.secrets.superuser
    return psycopg.conninfo.make_conninfo(
        host=host, port=port, user=user, password=password, dbname=name
    )
