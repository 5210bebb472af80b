"""Names of files, kept on the disk: a file that was written is lost with its name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def keep_names(folder: Path) -> None:
    """Bring the names in a folder to the disk: a power cut loses those that only just came."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
