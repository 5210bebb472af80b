"""Which files were measured: one short digest over names and bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LENGTH = 12


def digest(root: Path, paths: Iterable[Path]) -> str:
    """The first 12 hex digits of a SHA-256 over the files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return total.hexdigest()[:LENGTH]
