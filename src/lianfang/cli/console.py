"""Where commands print to: plain Unicode, as wide as the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rich.console import Console

WIDTH = 110
"""Columns where the output is no terminal and COLUMNS doesn't say."""


def console() -> Console:
    """A console that prints texts as they stand: brackets and colons in them mean nothing."""
    told = sys.stdout.isatty() or "COLUMNS" in os.environ
    width = None if told else WIDTH
    return Console(highlight=False, markup=False, emoji=False, width=width)


def from_here(line: str) -> str:
    """A line that begins with a path, with the path from this folder where it lies below."""
    return line.removeprefix(f"{Path.cwd()}{os.sep}")
