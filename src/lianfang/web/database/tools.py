"""The server's own pg_dump and pg_restore: another release writes what the server can't read."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from lianfang.web.database.programs import MAJOR, EmbeddedError, binary

DEBIAN = "/usr/lib/postgresql/{major}/bin"


def tool(name: str, server_version: int) -> Path:
    """Return the path of a program of the server's release.

    Args:
        name: `pg_dump` or `pg_restore`.
        server_version: as `server_version_num` tells it, say 150013.

    Raises:
        EmbeddedError: it isn't installed.
    """
    major = server_version // 10_000
    if major == MAJOR:
        return binary(name)
    for folder in (DEBIAN.format(major=major), None):
        found = shutil.which(name, path=folder)
        if found and _major(found) == major:
            return Path(found)
    do = f"install the client programs of PostgreSQL {major} (Debian: postgresql-client-{major})"
    raise EmbeddedError(f"no {name} of the server's release", where=f"PostgreSQL {major}", do=do)


def _major(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, check=True, text=True)
    found = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    return int(found[1]) if found else 0
