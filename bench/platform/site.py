"""A deployment of the benchmark's own, gone afterwards; this process becomes one of its staff."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lianfang.web import operations
from lianfang.web.deployment import Deployment

if TYPE_CHECKING:
    from collections.abc import Iterator

BASIS = "个人信息保护法第十三条第一款第六项（已公开的信息）"
PASSWORD = "long-enough-2026"  # noqa: S105  of a deployment that ends with its run


class Site(NamedTuple):
    """A migrated deployment, and the place of its running database."""

    deployment: Deployment
    place: str


@contextmanager
def site() -> Iterator[Site]:
    """Give a new deployment."""
    home = Path(tempfile.mkdtemp(prefix="lianfang-home-")).resolve()
    home.chmod(0o711)  # the database's user has to pass
    try:
        deployment = Deployment(home, create=True)
        with operations.database(deployment) as place:
            # Apart, since this process is to be one of staff.
            command = [sys.executable, "-m", "lianfang", "migrate", "--home", str(home)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            deployment = Deployment(home)
            operations.prepare(deployment, place, "staff")
            yield Site(deployment, place)
            _hang_up()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _hang_up() -> None:
    from django.db import connections  # noqa: PLC0415  once Django is set up

    connections.close_all()
