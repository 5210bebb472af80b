"""Names of places in a guide, fit for an address: `source-S36`, `law-criminal-law.266`."""

from __future__ import annotations

import re

_UNSAFE = re.compile(r"[^A-Za-z0-9-]")


def anchor(kind: str, name: str) -> str:
    """The place of a thing of a kind; another name gives another place."""
    return f"{kind}-" + _UNSAFE.sub(_safe, name)


def _safe(sign: re.Match[str]) -> str:
    return "." if sign.group() == "#" else f"_{ord(sign.group()):x}_"
