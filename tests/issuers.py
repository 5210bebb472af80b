"""Starts the issuer that tests sign in at."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from web_sites import free_port

PROGRAM = Path(__file__).parent / "oidc_provider.py"


@contextmanager
def issuer():
    """The address of an issuer while it runs."""
    port = free_port()
    running = subprocess.Popen([sys.executable, str(PROGRAM), str(port)])
    try:
        _wait(f"http://127.0.0.1:{port}/jwks")
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(10)


def _wait(address, seconds=30):
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  our own
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
