"""A deployment copied to a folder, and made again from one.

The secrets aren't in the copy: without them it can't be read, and so they are kept apart.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
import psycopg

from lianfang.errors import InputError
from lianfang.evidence.originals import TEMPORARY
from lianfang.web.database.embedded import binary
from lianfang.web.deployment import SECRETS, Deployment
from lianfang.web.operations import administrator, database, grant, prepare_database

if TYPE_CHECKING:
    from pathlib import Path

DUMP, ORIGINALS, MANIFEST = "database.dump", "originals", "manifest.json"
BLOCK = 1 << 20


class Manifest(msgspec.Struct, frozen=True):
    """What a copy holds: the digest of the dump, and how many originals."""

    dump_sha256: str
    originals: int


def back_up(deployment: Deployment, folder: Path) -> Manifest:
    """Copy database and originals into a folder that isn't there yet.

    The database first: what its rows speak of was in the originals before.

    Raises:
        InputError: the folder is there, or pg_dump failed.
    """
    if folder.exists():
        raise InputError("is there already", where=str(folder), do="name a new folder")
    folder.mkdir(mode=0o700, parents=True)
    with database(deployment) as place:
        dump = ["--format=custom", "--no-owner", "--no-acl", f"--file={folder / DUMP}"]
        _run(deployment, "pg_dump", "backup", place, *dump)
    (folder / ORIGINALS).mkdir(mode=0o700)
    kept = deployment.home / ORIGINALS
    if kept.exists():
        shutil.copytree(kept, folder / ORIGINALS, dirs_exist_ok=True, ignore=_unfinished)
    made = Manifest(_digest(folder / DUMP), _files(folder / ORIGINALS))
    (folder / MANIFEST).write_bytes(msgspec.json.encode(made))
    return made


def restore(folder: Path, home: Path, secrets: Path) -> Manifest:
    """Make a deployment from a copy, in a folder that isn't there yet.

    Args:
        folder: the copy.
        home: of the new deployment.
        secrets: the `secrets.json` of the one that was copied.

    Raises:
        InputError: the copy is damaged, the home is there, or the database holds tables.
    """
    told = _checked(folder)
    if home.exists() and any(home.iterdir()):
        raise InputError("isn't empty", where=str(home), do="name a new folder")
    home.mkdir(mode=0o711, parents=True, exist_ok=True)
    shutil.copyfile(secrets, home / SECRETS)
    (home / SECRETS).chmod(0o600)
    deployment = Deployment(home)
    shutil.copytree(folder / ORIGINALS, home / ORIGINALS)
    with database(deployment) as place:
        prepare_database(deployment, place)
        _refuse_tables(deployment, place)
        load = ["--no-owner", "--no-acl", "--exit-on-error", "--single-transaction"]
        _run(deployment, "pg_restore", "owner", place, *load, last=str(folder / DUMP))
        grant(deployment, place)
    return told


def _refuse_tables(deployment: Deployment, place: str) -> None:
    name = place.rpartition("/")[2]
    with psycopg.connect(administrator(deployment, place, name)) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        row = found.fetchone()
    if row and row[0]:
        raise InputError("holds tables", where=f"database {name}", do="restore into an empty one")


def _checked(folder: Path) -> Manifest:
    try:
        told = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
        right = told == Manifest(_digest(folder / DUMP), _files(folder / ORIGINALS))
    except (OSError, msgspec.DecodeError) as error:
        raise InputError("no copy of a deployment", where=str(folder), do="check it") from error
    if not right:
        raise InputError("damaged or not whole", where=str(folder), do="take another copy")
    return told


def _run(
    deployment: Deployment, program: str, role: str, place: str, *options: str, last: str = ""
) -> None:
    host, _, rest = place.rpartition(":")
    port, _, name = rest.partition("/")
    command = [str(binary(program)), f"--host={host}", f"--port={port}", "--no-password"]
    command += [f"--username=lianfang_{role}", f"--dbname={name}", *options, *filter(None, [last])]
    env = os.environ | {"PGPASSWORD": deployment.secrets.roles[role]}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines()[:1]
        raise InputError(f"{program} failed ({' '.join(said)})", where=name, do="see its message")


def _digest(path: Path) -> str:
    made = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            made.update(block)
    return made.hexdigest()


def _files(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def _unfinished(_: str, names: list[str]) -> list[str]:
    """What is still being written, or was left by a process that died."""
    return [name for name in names if name.startswith(TEMPORARY)]
