"""A deployment that is served as people run it, for tests that come over HTTP."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

from issuers import free_port
from web_sites import PASSWORD, new_home


@contextmanager
def served(*roles, **env):
    """The port of a site with an account of each role, while it runs."""
    home, port = new_home(), free_port()
    run("migrate", "--home", str(home))
    for role in roles:
        made = ("user", "add", role, "--role", role, "--email", f"{role}@house.example")
        run(*made, "--home", str(home), text=PASSWORD + "\n")
    serve = ["serve", "--home", str(home), "--port", str(port), "--sites", "1", "--workers", "0"]
    running = subprocess.Popen([sys.executable, "-m", "lianfang", *serve], env=os.environ | env)
    try:
        _wait(f"http://127.0.0.1:{port}/health/")
        yield port
    finally:
        running.terminate()
        running.wait(60)
        shutil.rmtree(home)


def run(*words, text=None):
    """What a command says."""
    command = [sys.executable, "-m", "lianfang", *words]
    done = subprocess.run(command, check=True, input=text, text=True, stdout=subprocess.PIPE)
    return done.stdout


def _wait(address, seconds=90):
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  our own
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)
