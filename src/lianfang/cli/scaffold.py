"""A new guide's folder: every key with a hint, and corpora that show their shape."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lianfang.errors import InputError
from lianfang.guides.checks.material import NOT_GUIDES
from lianfang.guides.corpus import CLEAN, HITS

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TEMPLATE = Path(__file__).with_name("scaffold.yaml")


def is_guide_id(name: str) -> bool:
    """Whether a name can be a guide's id; the other folders' names can't."""
    return bool(ID.fullmatch(name)) and name not in NOT_GUIDES


def write_scaffold(root: Path, name: str) -> Path:
    """Write the folder of a new guide, and say where it is.

    Raises:
        InputError: there is a folder of that name, or it can't be written.
    """
    folder = root / name
    if not root.is_dir():
        raise InputError("no such folder", where=str(root), do="name yours with --into")
    try:
        folder.mkdir()
        template = TEMPLATE.read_text(encoding="utf-8")
        (folder / "guide.yaml").write_text(template.replace("NEW-ID", name), encoding="utf-8")
        (folder / HITS).write_text(_line("offer", [name]), encoding="utf-8")
        (folder / CLEAN).write_text(_line("other", []), encoding="utf-8")
    except FileExistsError as error:
        do = "choose another id, or take it away first"
        raise InputError("is there already", where=str(folder), do=do) from error
    except OSError as error:
        raise InputError("can't be written", where=str(folder), do=str(error.strerror)) from error
    return folder


def _line(stance: str, activities: list[str]) -> str:
    """A line with an empty text: it shows the shape, and the checks ask for its text."""
    return json.dumps({"text": "", "stance": stance, "activities": activities}) + "\n"
