"""Makes the folder of the server's data, whole or not at all."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lianfang.evidence.names import keep_names
from lianfang.web.database.programs import EmbeddedError, environment

if TYPE_CHECKING:
    from lianfang.web.database.programs import Account

UNFINISHED = ".new-"
ONLY_PASS = 0o711
ERROR_CHARS = 2_000

OPTIONS = (
    "--auth-local=scram-sha-256",
    "--auth-host=scram-sha-256",
    "--locale=C",  # of the system, for messages; the order of texts is the built-in one
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--encoding=UTF8",
    "--username=postgres",
    "--no-instructions",
)


def make_cluster(data: Path, password: str, account: Account) -> None:
    """Make the data folder unless it's there, and sweep up what an interruption left behind.

    Raises:
        EmbeddedError: initdb failed.
    """
    prefix = data.name + UNFINISHED
    for leftover in data.parent.glob(f"{prefix}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    if data.exists():
        _take_over(data, account)
        return
    with TemporaryDirectory(prefix=prefix, dir=data.parent, ignore_cleanup_errors=True) as made:
        _fill(Path(made), password, account).rename(data)
    keep_names(data.parent)


def _take_over(data: Path, account: Account) -> None:
    """Give the data to the account where a copy made by root isn't its own."""
    if data.stat().st_uid != account.user:
        for path in (data, *data.rglob("*")):
            account.own(path)


def _fill(folder: Path, password: str, account: Account) -> Path:
    folder.chmod(ONLY_PASS)
    data, secret = folder / "data", folder / "password"
    data.mkdir(mode=0o700)
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="utf-8")
    account.own(data)
    account.own(secret)
    _run_initdb(data, secret, account)
    return data


def _run_initdb(data: Path, secret: Path, account: Account) -> None:
    command = account.command("initdb", *OPTIONS, f"--pwfile={secret}", f"--pgdata={data}")
    done = subprocess.run(
        command,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=environment(),
        cwd="/",
        start_new_session=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        told = done.stderr.strip()[-ERROR_CHARS:]
        do = "see to what initdb says, and start again"
        raise EmbeddedError(f"no database could be made: {told}", where=str(data.parent), do=do)
