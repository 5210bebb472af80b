"""Errors told in one line on standard error, never as a traceback."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from lianfang.errors import LianfangError

if TYPE_CHECKING:
    from collections.abc import Iterator


def tell(error: LianfangError) -> None:
    """Print where, what and what to do."""
    click.secho(str(error), fg="red", err=True)


@contextmanager
def explain() -> Iterator[None]:
    """Turn an error of ours into a line and exit code 1; a closed pipe into a quiet end."""
    try:
        yield
    except LianfangError as error:
        tell(error)
        sys.exit(1)
    except BrokenPipeError:
        # The reader (`head`) has what it wants; keep Python from flushing into nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
