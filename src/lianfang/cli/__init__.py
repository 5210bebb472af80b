"""The command line: one file a command group, each loading what it needs when it runs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import click

from lianfang.cli.client import client
from lianfang.cli.guide import guide
from lianfang.cli.keys import keys
from lianfang.cli.model import model
from lianfang.cli.people import user
from lianfang.cli.platform import backup, migrate, restore, serve, worker
from lianfang.cli.screen import screen


def _print_version(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value and not context.resilient_parsing:
        try:
            click.echo(f"lianfang {version('lianfang')}")
        except PackageNotFoundError:
            click.echo("lianfang, from its source folder")
        context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Screen Chinese texts for financial fraud, with guides that run (联防)."""


main.add_command(screen)
main.add_command(guide)
main.add_command(model)
for command in (migrate, serve, worker, user, client, backup, restore, keys):
    main.add_command(command)
