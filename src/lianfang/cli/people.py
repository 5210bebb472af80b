"""Accounts from the command line, for whoever runs the machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from lianfang.cli.deployed import as_site, home_option
from lianfang.cli.tell import explain
from lianfang.errors import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

    from lianfang.web.institution.people import Act

# ruff: noqa: PLC0415  each command loads what it needs, so that `--help` and others start fast

why_option = click.option("--why", required=True, help="The reason, for the record.")


@click.group()
def user() -> None:
    """Accounts of the institution's people."""


@user.command()
@click.argument("name")
@home_option
@click.option("--role", required=True, help="analyst, reviewer, handler, compliance, …")
@click.option("--purpose", "purposes", multiple=True, help="By default the usual of the role.")
@click.option("--shown-name", default="", help="What screens call the person.")
@click.option("--email", default="", help="By which another sign-in knows the person.")
@explain()
def add(
    *, name: str, home: Path, role: str, purposes: tuple[str, ...], shown_name: str, email: str
) -> None:
    """Make an account; its password is asked for, or read from standard input."""
    password = _password()
    with as_site(home):
        from lianfang.web.institution.services import add_user

        add_user(
            username=name,
            password=password,
            role=role,
            by="lianfang user add",
            purposes=purposes or None,
            shown_name=shown_name,
            email=email,
        )
    click.echo(f"added: {name} ({role})", err=True)


@user.command("list")
@home_option
@explain()
def list_users(home: Path) -> None:
    """Show each account: name, role, purposes, whether it is active."""
    with as_site(home):
        from lianfang.web.institution.models import User

        for one in User.objects.order_by("username"):
            state = "active" if one.is_active else "disabled"
            click.echo("\t".join((one.username, one.role, ",".join(one.purposes), state)))


@user.command()
@click.argument("name")
@home_option
@why_option
@explain()
def disable(name: str, home: Path, why: str) -> None:
    """Keep somebody out; the sessions end at once."""
    with as_site(home):
        from lianfang.web.institution.people import set_active

        set_active(user_id=_number(name), active=False, act=_act("disable", why))
    click.echo(f"disabled: {name}", err=True)


@user.command()
@click.argument("name")
@home_option
@why_option
@explain()
def enable(name: str, home: Path, why: str) -> None:
    """Let somebody in again."""
    with as_site(home):
        from lianfang.web.institution.people import set_active

        set_active(user_id=_number(name), active=True, act=_act("enable", why))
    click.echo(f"enabled: {name}", err=True)


@user.command()
@click.argument("name")
@click.argument("new_role")
@home_option
@click.option("--purpose", "purposes", multiple=True, help="By default the usual of the role.")
@why_option
@explain()
def role(name: str, new_role: str, home: Path, purposes: tuple[str, ...], why: str) -> None:
    """Give somebody another role, and its purposes."""
    with as_site(home):
        from lianfang.web.institution.people import change_rights

        made = change_rights(
            user_id=_number(name), role=new_role, purposes=purposes or None, act=_act("role", why)
        )
        click.echo(f"changed: {name} ({made.role}: {','.join(made.purposes)})", err=True)


@user.command("reset-factor")
@click.argument("name")
@home_option
@why_option
@explain()
def reset_factor(name: str, home: Path, why: str) -> None:
    """Forget somebody's second factors; the sessions end."""
    with as_site(home):
        from lianfang.web.institution.people import reset_factor as reset

        reset(user_id=_number(name), act=_act("reset-factor", why))
    click.echo(f"reset: {name}", err=True)


def _number(name: str) -> int:
    from lianfang.web.institution.models import User

    number: int | None = User.objects.filter(username=name).values_list("pk", flat=True).first()
    if number is None:
        raise NotFoundError("no such account", where=name, do="lianfang user list shows them all")
    return number


def _act(command: str, why: str) -> Act:
    from lianfang.web.institution.people import Act

    return Act(f"lianfang user {command}", why)


def _password() -> str:
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    return sys.stdin.readline().rstrip("\n")
