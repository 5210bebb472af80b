"""`lianfang keys`: the keys of a deployment, and new ones in place of old ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lianfang.cli.deployed import home_option, operations_of_platform
from lianfang.cli.progress import counted
from lianfang.cli.tell import explain
from lianfang.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

# ruff: noqa: PLC0415  each command loads what it needs, so that `--help` and others start fast


@click.group()
def keys() -> None:
    """Keys of originals and personal values."""


@keys.command("list")
@home_option
@explain()
def list_(home: Path) -> None:
    """List the keys: their versions, what they are for, and what becomes of them."""
    operations_of_platform()
    from lianfang.web.deployment import Deployment

    for key in Deployment(home).secrets.listed():
        state = "in use" if key.in_use else "being retired"
        click.echo(f"{key.name}\tversion {key.version}\t{state}\t{key.fingerprint}")


@keys.command()
@home_option
@click.option("--master", is_flag=True, help="The key that seals originals and personal values.")
@click.option("--index", "purpose", help="The key that a purpose's personal values are found by.")
@explain()
def rotate(home: Path, master: bool, purpose: str | None) -> None:  # noqa: FBT001
    """Put a new key in an old one's place, while site and workers run.

    Stopped at any moment, the next call goes on where it was.
    """
    if master == bool(purpose):
        raise InputError("which key?", do="name one: --master, or --index and a purpose")
    operations = operations_of_platform()
    from lianfang.web.deployment import Deployment

    deployment = Deployment(home)
    with operations.database(deployment) as place, counted() as told:
        operations.prepare(deployment, place, "owner")
        from lianfang.web.vault.master import rotate_master
        from lianfang.web.vault.rotation import rotate_index

        new = rotate_index(purpose=purpose, told=told) if purpose else rotate_master(told=told)
    said = "a new key is in use" if new else "what was begun before is finished"
    click.echo(f"{said}; the old one is retired", err=True)
