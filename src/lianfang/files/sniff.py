"""Which format a source is in: asked for, told by its suffix, or seen in its first bytes."""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING

from lianfang.errors import InputError
from lianfang.files.stream import GZIP, OLE, PARQUET, ZIP
from lianfang.files.text_lines import preview

if TYPE_CHECKING:
    from lianfang.files.stream import ByteStream

FORMATS = ("txt", "csv", "tsv", "jsonl", "xlsx", "parquet")
# A .json file is no TXT file either: what isn't one object a line is told line by line.
ALIASES = {"ndjson": "jsonl", "json": "jsonl"}

KINDS = {PARQUET: "Parquet", ZIP: "zip", OLE: "OLE", GZIP: "gzip"}
CONTAINERS = {"parquet": "Parquet", "xlsx": "zip"}

NEITHER_TEXT_NOR_TABLE = {
    "zip": ("a zip archive, not a workbook", "unpack it and give the file inside"),
    "OLE": (
        "an old Excel file (.xls) or one with a password",
        "save it as .xlsx without a password",
    ),
    "gzip": ("compressed with gzip", "unpack it first"),
}


def format_of(stream: ByteStream, asked: str | None) -> str:
    """Return one of FORMATS.

    Raises:
        InputError: the format asked for is unknown, or the bytes belong to another.
    """
    wanted = _asked(asked) if asked else _by_suffix(stream.name)
    found = _container(stream.head)
    if wanted is None:
        return _by_content(stream, found)
    if stream.head and found != CONTAINERS.get(wanted):
        raise _mismatch(stream.name, wanted, found)
    return wanted


def _asked(asked: str) -> str:
    name = asked.lower().removeprefix(".")
    name = ALIASES.get(name, name)
    if name not in FORMATS:
        raise InputError(f'unknown format "{asked}"', do=f"use one of {', '.join(FORMATS)}")
    return name


def _by_suffix(name: str) -> str | None:
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    suffix = ALIASES.get(suffix, suffix)
    return suffix if suffix in FORMATS else None


def _container(head: bytes) -> str | None:
    return next((kind for mark, kind in KINDS.items() if head.startswith(mark)), None)


def _by_content(stream: ByteStream, found: str | None) -> str:
    if found == "Parquet":
        return "parquet"
    if found == "zip" and _is_workbook(stream):
        return "xlsx"
    if found is not None:
        what, do = NEITHER_TEXT_NOR_TABLE[found]
        raise InputError(what, where=stream.name, do=do)
    return "jsonl" if preview(stream.head).lstrip().startswith("{") else "txt"


def _is_workbook(stream: ByteStream) -> bool:
    try:
        with zipfile.ZipFile(stream.whole()) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except zipfile.BadZipFile:
        return True  # cut short; the workbook reader says so better


def _mismatch(name: str, wanted: str, found: str | None) -> InputError:
    if found in NEITHER_TEXT_NOR_TABLE and found != "zip":
        what, do = NEITHER_TEXT_NOR_TABLE[found]
        return InputError(what, where=name, do=do)
    inside = {"Parquet": "a Parquet file", "zip": "a workbook or zip archive"}.get(found or "")
    what = f"not a file of format {wanted}: it looks like {inside or 'text'}"
    return InputError(what, where=name, do="rename it, or name its format with --format")
