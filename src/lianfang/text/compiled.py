"""Loops over arrays, compiled to machine code.

A loop is compiled when it is first called and kept on disk for the next start: in the
package's `__pycache__`, or in the user's cache where that can't be written. What is kept is
known by the sources of the rooms below, since a loop also holds constants and loops of other
files.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")
PACKAGE = Path(__file__).parents[1]
NAME = "loops-"
ROOMS = ("text", "indicators", "guides", "screening")
"""Those that loops are written in, and those whose constants they take: a change there is a change
of the loops."""


def compiled(function: F) -> F:
    """The same function, compiled; arguments are numbers, arrays and named tuples of them."""
    return _compiled(function)


def inner(function: F) -> F:
    """As `compiled`, for what is called from within loops: it makes no arrays and returns none.

    Nobody counts who holds an array there: counting, at each field of a named tuple that is
    read, took more than half of the time that evaluating took.
    """
    return _compiled(function, _nrt=False)


def inlined(function: F) -> F:
    """As `inner`, and part of the loop that calls it: to hand on a named tuple of many arrays
    costs more than most calls do.
    """
    return _compiled(function, _nrt=False, forceinline=True)


def _compiled(function: F, **options: bool) -> F:
    config: Any = numba.config
    njit: Any = numba.njit
    usual = config.CACHE_DIR
    config.CACHE_DIR = str(KEPT)
    try:
        return cast("F", njit(cache=True, nogil=True, **options)(function))
    finally:
        config.CACHE_DIR = usual


def _kept() -> Path:
    digest = hashlib.sha256(numba.__version__.encode())
    for room in ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            digest.update(path.read_bytes())
    name = NAME + digest.hexdigest()[:16]
    own = PACKAGE / "__pycache__"
    if not os.access(own if own.is_dir() else PACKAGE, os.W_OK):
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(cache) / "lianfang" / name
    for old in own.glob(NAME + "*"):
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)
    return own / name


KEPT = _kept()
"""The folder of compiled loops."""
