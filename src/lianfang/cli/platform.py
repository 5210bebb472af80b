"""The member's platform: make it, serve it, work for it, copy it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lianfang.cli.deployed import home_option, operations_of_platform
from lianfang.cli.tell import explain

# ruff: noqa: PLC0415  each command loads what it needs, so that `--help` and others start fast


@click.command()
@home_option
@explain()
def migrate(home: Path) -> None:
    """Make a deployment, or bring its database up to date."""
    operations = operations_of_platform()
    from lianfang.web.deployment import Deployment

    deployment = Deployment(home, create=True)
    with operations.database(deployment) as place:
        operations.migrate(deployment, place)
    click.echo(f"up to date: {deployment.home}", err=True)


@click.command()
@home_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--sites", default=2, show_default=True, help="Processes that answer browsers.")
@click.option("--workers", default=1, show_default=True, help="Processes that screen.")
@explain()
def serve(home: Path, host: str, port: int, sites: int, workers: int) -> None:
    """Serve the staff site, with background workers and, if embedded, the database."""
    operations = operations_of_platform()
    from lianfang.web.deployment import Deployment

    click.echo(f"http://{host}:{port}/ (Ctrl+C ends it)", err=True)
    operations.serve(Deployment(home), host=host, port=port, sites=sites, workers=workers)


@click.command()
@home_option
@click.option("--once", is_flag=True, help="End when nothing is left to do.")
@explain()
def worker(home: Path, once: bool) -> None:  # noqa: FBT001
    """Screen what was sent, beside a site that runs elsewhere."""
    operations = operations_of_platform()
    from lianfang.web.deployment import Deployment

    deployment = Deployment(home)
    with operations.database(deployment) as place:
        arguments = ["--once"] if once else []
        code = operations.run_worker(deployment, place, *arguments)
    sys.exit(code)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@home_option
@explain()
def backup(folder: Path, home: Path) -> None:
    """Copy database and originals into a new folder; keep secrets.json apart from it."""
    operations_of_platform()
    from lianfang.web.backups import back_up
    from lianfang.web.deployment import Deployment

    made = back_up(Deployment(home), folder)
    click.echo(f"copied, with {made.originals} originals: {folder}", err=True)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@home_option
@click.option(
    "--secrets",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="The secrets.json of the deployment that was copied.",
)
@explain()
def restore(folder: Path, home: Path, secrets: Path) -> None:
    """Make a deployment anew from a copy."""
    operations_of_platform()
    from lianfang.web.backups import restore as make

    made = make(folder, home, secrets)
    click.echo(f"restored, with {made.originals} originals: {home}", err=True)
