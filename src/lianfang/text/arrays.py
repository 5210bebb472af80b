"""A model's file: arrays in NumPy's `.npz`, and what is told of them as JSON; nothing can run."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from lianfang.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

Arrays = dict[str, NDArray[Any]]


def save_arrays(path: Path, told: dict[str, Any], arrays: Arrays) -> None:
    """Write a file, whole or not at all; the same values give the same bytes.

    Raises:
        InputError: it can't be written.
    """
    text = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    held = BytesIO()
    every: dict[str, Any] = {"told": np.frombuffer(text, dtype=np.uint8), **arrays}
    np.savez_compressed(held, **every)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(held.getvalue())
        part.replace(path)
    except OSError as error:
        do = f"choose another place ({error.strerror})"
        raise InputError("can't be written", where=str(path), do=do) from error


def load_arrays(path: Path) -> tuple[dict[str, Any], Arrays]:
    """Read a file.

    Raises:
        InputError: it isn't there, or isn't such a file.
    """
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as held:
            arrays: Arrays = {name: held[name] for name in held.files}
        told: dict[str, Any] = dict(json.loads(arrays.pop("told").tobytes()))
    except (OSError, EOFError, KeyError, TypeError, ValueError, BadZipFile) as error:
        raise unreadable(path, error) from error
    return told, arrays


def unreadable(path: Path, error: Exception) -> InputError:
    """The error of a file that holds no model."""
    do = "train one with `lianfang model train`"
    return InputError(f"no model can be read ({error})", where=str(path), do=do)
