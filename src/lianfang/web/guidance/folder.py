"""A folder of guides that differs from the shipped one in a few files, while it is read."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from lianfang.web.guidance.shipped import feature, library, text_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def texts(changes: Mapping[str, str]) -> dict[str, str]:
    """The files in which features change, by their names in the folder.

    Args:
        changes: new text of each feature by its id; "" takes it out.
    """
    files = {feature(name).fragment.path for name in changes}
    return {
        str(path.relative_to(library().root)): text_with(
            path,
            {
                feature(name).fragment: text
                for name, text in changes.items()
                if feature(name).fragment.path == path
            },
        )
        for path in files
    }


@contextmanager
def folder(files: Mapping[str, str]) -> Iterator[Path]:
    """The shipped guides, some files written anew; the others are links to the shipped ones."""
    with TemporaryDirectory(prefix="lianfang-guides-") as made:
        root = Path(made).resolve()
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        _link(library().root, root)
        yield root


def _link(there: Path, here: Path) -> None:
    """Link what isn't written here; a folder in which something is, file by file."""
    for path in there.iterdir():
        mine = here / path.name
        if not mine.exists():
            mine.symlink_to(path)
        elif mine.is_dir():
            _link(path, mine)
