"""Vega for the page: one script that vl-convert makes, once a deployment and version.

Made by a process of its own: the maker's engine takes 130 MB that it doesn't give back.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

import vl_convert

VERSION = version("vl-convert-python")


def packed(home: Path) -> bytes:
    """The script, gzipped; takes some seconds where the deployment doesn't have it yet."""
    file = home / "built" / f"vega-{VERSION}.js.gz"
    if not file.exists():
        subprocess.run([sys.executable, "-m", __name__, file], check=True)
    return file.read_bytes()


def _make(file: Path) -> None:
    file.parent.mkdir(mode=0o700, exist_ok=True)
    script: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    # Another process may be making it, too: each its own, the last stays.
    with NamedTemporaryFile(dir=file.parent, delete=False) as new:
        new.write(gzip.compress(script.encode()))
    Path(new.name).replace(file)


if __name__ == "__main__":
    _make(Path(sys.argv[1]))
