"""A deployment copied to a folder, and made again from one.

The secrets aren't in the copy: without them it can't be read, and so they are kept apart.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
import psycopg
from psycopg.conninfo import make_conninfo

from lianfang.errors import InputError
from lianfang.evidence.originals import TEMPORARY
from lianfang.web.copies import (
    DUMP,
    MANIFEST,
    ORIGINALS,
    Manifest,
    check_keys,
    checked,
    fingerprints,
)
from lianfang.web.database.locks import ROTATION, busy
from lianfang.web.database.tools import tool
from lianfang.web.deployment import SECRETS, Deployment
from lianfang.web.operations import administrator, database, grant, prepare_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def back_up(deployment: Deployment, folder: Path) -> Manifest:
    """Copy database and originals into a folder that isn't there yet.

    The database first: what its rows speak of was in the originals before.

    Raises:
        InputError: the folder is there, or pg_dump failed.
        RotatingError: keys are being rotated.
    """
    if folder.exists():
        raise InputError("is there already", where=str(folder), do="name a new folder")
    with database(deployment) as place, _no_rotation(deployment, place):
        folder.mkdir(mode=0o700, parents=True)
        dump = ["--format=custom", "--no-owner", "--no-acl", f"--file={folder / DUMP}"]
        _run(deployment, "pg_dump", "backup", place, *dump)
        (folder / ORIGINALS).mkdir(mode=0o700)
        kept = deployment.home / ORIGINALS
        if kept.exists():
            shutil.copytree(kept, folder / ORIGINALS, dirs_exist_ok=True, ignore=_unfinished)
        made = Manifest.of(folder, fingerprints(deployment.secrets))
    (folder / MANIFEST).write_bytes(msgspec.json.encode(made))
    return made


def restore(folder: Path, home: Path, secrets: Path) -> Manifest:
    """Make a deployment from a copy, in a folder that isn't there yet.

    Args:
        folder: the copy.
        home: of the new deployment.
        secrets: the `secrets.json` of the one that was copied.

    Raises:
        InputError: the copy is damaged, the secrets don't open it, the home is there, or the
            database holds tables.
    """
    told = checked(folder)
    if home.exists() and any(home.iterdir()):
        raise InputError("isn't empty", where=str(home), do="name a new folder")
    deployment = _made(home, secrets, told)
    shutil.copytree(folder / ORIGINALS, home / ORIGINALS)
    with database(deployment) as place:
        prepare_database(deployment, place)
        _refuse_tables(deployment, place)
        load = ["--no-owner", "--no-acl", "--exit-on-error", "--single-transaction"]
        _run(deployment, "pg_restore", "owner", place, *load, last=str(folder / DUMP))
        grant(deployment, place)
        _index_anew()
    return told


def _made(home: Path, secrets: Path, told: Manifest) -> Deployment:
    """The new home, with nothing in it but the secrets, if they fit."""
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    shutil.copyfile(secrets, home / SECRETS)
    (home / SECRETS).chmod(0o600)
    deployment = Deployment(home)
    try:
        check_keys(told, deployment.secrets)
    except InputError:
        (home / SECRETS).unlink()
        raise
    return deployment


def _index_anew() -> None:
    """A key of an index that was retired since the copy was made finds nothing any more."""
    # Once Django is set up, as `grant` has done.
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415
    from lianfang.web.vault.rotation import index_anew  # noqa: PLC0415

    for purpose in ALL_PURPOSES:
        with seeing([purpose]):
            index_anew(purpose=purpose, told=lambda *_: None)


def _refuse_tables(deployment: Deployment, place: str) -> None:
    name = place.rpartition("/")[2]
    with psycopg.connect(administrator(deployment, place, name)) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        row = found.fetchone()
    if row and row[0]:
        raise InputError("holds tables", where=f"database {name}", do="restore into an empty one")


@contextmanager
def _no_rotation(deployment: Deployment, place: str) -> Iterator[None]:
    """Keys stay what they are: one file of secrets is to fit the whole of the copy."""
    password = deployment.secrets.roles["backup"]
    with psycopg.connect(
        _address("backup", place), password=password, autocommit=True
    ) as connection:
        asked = connection.execute("SELECT pg_try_advisory_lock_shared(%s, %s)", ROTATION)
        if asked.fetchone() != (True,):
            raise busy()
        yield


def _run(
    deployment: Deployment, program: str, role: str, place: str, *options: str, last: str = ""
) -> None:
    address, password = _address(role, place), deployment.secrets.roles[role]
    with psycopg.connect(address, password=password) as connection:
        path = tool(program, connection.info.server_version)
    command = [str(path), "--no-password", f"--dbname={address}", *options, *filter(None, [last])]
    env = os.environ | {"PGPASSWORD": password}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()[:1]
        raise InputError(f"failed ({' '.join(said)})", where=str(path), do="see its message")


def _address(role: str, place: str) -> str:
    host, _, rest = place.rpartition(":")
    port, _, name = rest.partition("/")
    return make_conninfo(host=host, port=port, user=f"lianfang_{role}", dbname=name)


def _unfinished(_: str, names: list[str]) -> list[str]:
    """What is still being written, or was left by a process that died."""
    return [name for name in names if name.startswith(TEMPORARY)]
