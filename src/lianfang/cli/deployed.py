"""What commands of the platform have in common: the deployment that they are about."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lianfang.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

HOME = Path.home() / ".local" / "share" / "lianfang"

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    default=HOME,
    envvar="LIANFANG_HOME",
    show_default="~/.local/share/lianfang",
    help="Folder of the deployment: secrets, originals, embedded database.",
)


def operations_of_platform() -> ModuleType:
    """What the commands do, where the platform is installed."""
    try:
        from lianfang.web import operations  # noqa: PLC0415  loads Django
    except ImportError as error:
        do = "pip install 'lianfang[platform]'"
        raise InputError(f"the platform isn't installed ({error.name} is missing)", do=do) from None
    return operations


@contextmanager
def as_site(home: Path) -> Iterator[None]:
    """This process is one of the deployment's site meanwhile."""
    operations = operations_of_platform()
    from lianfang.web.deployment import Deployment  # noqa: PLC0415  once it is known to be there

    deployment = Deployment(home)
    with operations.database(deployment) as place:
        operations.prepare(deployment, place, "staff")
        yield
