"""A site that is really served, told of and asked from outside."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from lianfang.web import operations
from lianfang.web.deployment import Deployment
from web_sites import new_home

PREPARE = Path(__file__).with_name("prepare.py")
OPEN = {"LIANFANG_WEBHOOK_NETWORKS": "127.0.0.0/8", "LIANFANG_WEBHOOK_HTTP": "1"}


class Served(NamedTuple):
    """Where a site is, secrets of its tokens and numbers of its sources by their names."""

    address: str
    home: Path
    tokens: dict
    sources: dict


@contextmanager
def served(sites=1):
    """Serve a new deployment with its workers; gone afterwards."""
    home = new_home()
    try:
        deployment = Deployment(home, create=True)
        subprocess.run([sys.executable, "-m", "lianfang", "migrate", "--home", home], check=True)
        with operations.database(Deployment(home)) as place:
            command = [sys.executable, PREPARE, home, place]
            done = subprocess.run(command, check=True, capture_output=True)
        port = _free_port()
        serve = ["serve", "--home", home, "--port", str(port), "--sites", str(sites)]
        running = subprocess.Popen(
            [sys.executable, "-m", "lianfang", *serve], env=os.environ | OPEN
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address)
            yield Served(address, deployment.home, **json.loads(done.stdout))
        finally:
            running.terminate()
            running.wait(60)
    finally:
        shutil.rmtree(home)


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def _wait(address, seconds=90):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/health/", timeout=2) as answer:
                assert answer.read() == b"ok"
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the site doesn't answer")
