"""Programs that may use the platform's API: their tokens, made, listed and revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lianfang.cli.deployed import as_site, home_option
from lianfang.cli.tell import explain
from lianfang.errors import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

    from lianfang.web.institution.models import User

# ruff: noqa: PLC0415  each command loads what it needs, so that `--help` and others start fast

account_option = click.option(
    "--as", "account", required=True, help="Account in whose name it is done."
)


@click.group()
def client() -> None:
    """Tokens of programs that use the API."""


@client.command()
@click.argument("name")
@home_option
@account_option
@click.option("--scope", "scopes", multiple=True, required=True, help="screen, intake.write, …")
@click.option("--purpose", "purposes", multiple=True, help="Whose records it sees; else none.")
@click.option("--days", default=90, show_default=True, help="How long it is valid, 365 at most.")
@click.option("--per-minute", default=600, show_default=True, help="Most requests in a minute.")
@explain()
def add(  # noqa: PLR0917
    name: str,
    home: Path,
    account: str,
    scopes: tuple[str, ...],
    purposes: tuple[str, ...],
    days: int,
    per_minute: int,
) -> None:
    """Make a token and write it to standard output, this once."""
    with as_site(home):
        from lianfang.web.clients.services import add_token

        user = _account(account)
        token, secret = add_token(
            name=name,
            scopes=scopes,
            purposes=purposes,
            days=days,
            per_minute=per_minute,
            user=user,
        )
    click.echo(secret)
    click.echo(f"made: token {token.pk}, valid until {token.expires_at:%Y-%m-%d}", err=True)


@client.command("list")
@home_option
@explain()
def list_(home: Path) -> None:
    """List tokens: number, beginning, state, maker, name, scopes."""
    with as_site(home):
        from lianfang.web.clients.selectors import state_of, tokens

        for one in tokens():
            state, scopes = state_of(one), ",".join(one.scopes)
            told = (one.pk, one.begins, state, one.made_by.username, one.name, scopes)
            click.echo("\t".join(map(str, told)))


@client.command()
@click.argument("number", type=int)
@home_option
@account_option
@explain()
def revoke(number: int, home: Path, account: str) -> None:
    """Let nobody in with token NUMBER any more."""
    with as_site(home):
        from lianfang.web.clients.models import Token
        from lianfang.web.clients.services import revoke_token

        try:
            revoke_token(token_id=number, user=_account(account))
        except Token.DoesNotExist as error:
            raise NotFoundError("no such token", where=str(number)) from error
    click.echo(f"revoked: token {number}", err=True)


def _account(name: str) -> User:
    from lianfang.web.institution.models import User

    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise NotFoundError("no such account", where=name, do="make it with lianfang user add")
    return user
