"""What `lianfang migrate | serve | worker` do: they prepare, then hand over to Django."""

from __future__ import annotations

import socket
import sys
import time
from contextlib import suppress
from subprocess import TimeoutExpired
from typing import TYPE_CHECKING

import psycopg

from lianfang.errors import InputError
from lianfang.web.children import Child, Children
from lianfang.web.database.functions import make_functions
from lianfang.web.database.roles import make_database, make_roles
from lianfang.web.places import administrator, database, environment, prepare

if TYPE_CHECKING:
    import subprocess

    from lianfang.web.deployment import Deployment

__all__ = [
    "administrator",
    "check_free",
    "database",
    "environment",
    "grant",
    "migrate",
    "prepare",
    "prepare_database",
    "run_worker",
    "serve",
    "start_worker",
]

DAY = 86_400
LOOK_SECONDS = 0.5


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
    """Serve the staff site and work in the background until told to stop.

    A worker that dies is started again; when the site ends all do.

    Raises:
        InputError: another program has the port.
    """
    check_free(host, port)
    deployment.clear_incoming(time.time() - DAY)
    with database(deployment) as place, Children() as children:
        children += [_worker(deployment, place) for _ in range(workers)]
        children.append(_worker(deployment, place, "--webhooks"))
        site = _site(deployment, place, host, port, sites)
        children.append(site)
        while site.process.poll() is None:
            with suppress(TimeoutExpired):
                site.process.wait(LOOK_SECONDS)
            for worker in children[:-1]:
                worker.revive()


def run_worker(deployment: Deployment, place: str, *arguments: str) -> int:
    """Work in the background until told to stop, or done; return how the process ended."""
    with Children() as children:
        children.append(_worker(deployment, place, *arguments))
        return children[0].process.wait()


def start_worker(deployment: Deployment, place: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a process that works in the background (`worker` tells its arguments)."""
    return _worker(deployment, place, *arguments).process


def _worker(deployment: Deployment, place: str, *arguments: str) -> Child:
    command = [sys.executable, "-m", "lianfang.web.worker", *arguments]
    return Child(command, environment(deployment, place, "worker"))


def _site(deployment: Deployment, place: str, host: str, port: int, sites: int) -> Child:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
    command += ["--host", host, "--port", str(port), "--workers", str(sites)]
    command += ["--no-ws", "--blocking-threads", "4", "--log-level", "warning"]
    command += ["lianfang.web.wsgi:application"]
    return Child(command, environment(deployment, place, "staff"))


def check_free(host: str, port: int) -> None:
    """Make sure that nobody answers at a port.

    Raises:
        InputError: somebody does.
    """
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        do = "stop it, or choose another port (--port)"
        raise InputError("another program answers there", where=f"{host}:{port}", do=do)
