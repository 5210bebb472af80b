"""Loops over arrays, compiled to machine code.

A loop is compiled when it is first called and kept on disk for the next start: in the
package's `__pycache__`, or in the user's cache where that can't be written. What is kept is
known by the sources of the whole package, since a loop also holds constants and loops of other
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


def compiled(function: F) -> F:
    """The same function, compiled; arguments are numbers, arrays and named tuples of them."""
    config: Any = numba.config
    usual = config.CACHE_DIR
    config.CACHE_DIR = str(KEPT)
    try:
        return cast("F", numba.njit(cache=True, nogil=True)(function))
    finally:
        config.CACHE_DIR = usual


def _kept() -> Path:
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(PACKAGE.rglob("*.py")):
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
