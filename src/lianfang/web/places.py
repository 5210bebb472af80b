"""Where a deployment's database is, and what its processes are told."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from psycopg.conninfo import make_conninfo

from lianfang.errors import InputError
from lianfang.web.database.embedded import Embedded
from lianfang.web.deployment import DATABASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.web.deployment import Deployment

URL = "LIANFANG_DATABASE_URL"
"""`postgresql://user:password@host:port/name` of a server of one's own; embedded without it. The
user is needed by `migrate` and `restore` alone, which make the roles."""
PASSWORD_FILE = "LIANFANG_DATABASE_PASSWORD_FILE"  # noqa: S105  a name
"""A file with that user's password, where the URL has none."""


@contextmanager
def database(deployment: Deployment) -> Iterator[str]:
    """The place of the deployment's database, as Django's settings read it, while it lasts."""
    url = os.environ.get(URL)
    if url:
        yield place_of(url)
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


def administrator(deployment: Deployment, place: str, name: str = "postgres") -> str:
    """How whoever administers the server connects to one of its databases."""
    host, _, rest = place.rpartition(":")
    port = rest.partition("/")[0]
    url = urlsplit(os.environ.get(URL, ""))
    user = unquote(url.username or "postgres")
    password = unquote(url.password or "") or _password() or deployment.secrets.superuser
    return make_conninfo(host=host, port=port, user=user, password=password, dbname=name)


def _password() -> str:
    file = os.environ.get(PASSWORD_FILE)
    if not file:
        return ""
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\n")
    except OSError as error:
        do = f"see to the file, or unset {PASSWORD_FILE}"
        raise InputError(error.strerror or str(error), where=file, do=do) from error


def place_of(url: str) -> str:
    """The place that the URL of a server names, as Django's settings read it.

    Raises:
        InputError: it names no host or no database.
    """
    parts = urlsplit(url)
    name = parts.path.strip("/")
    if not parts.hostname or not name:
        do = "write postgresql://user:password@host:port/name"
        raise InputError("no host or no name of a database", where=URL, do=do)
    return f"{parts.hostname}:{parts.port or 5432}/{name}"
