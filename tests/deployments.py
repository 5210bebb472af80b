"""A deployment that is served as people run it, for tests that come over HTTP."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

from web_sites import PASSWORD, answers, free_port, new_home


@contextmanager
def deployed(*roles, workers=0, **env):
    """The port of a site with an account of each role, while it runs."""
    home, port = new_home(), free_port()
    run("migrate", "--home", str(home))
    for role in roles:
        made = ("user", "add", role, "--role", role, "--email", f"{role}@house.example")
        run(*made, "--home", str(home), text=PASSWORD + "\n")
    serve = ["serve", "--home", str(home), "--port", str(port), "--sites", "1"]
    serve += ["--workers", str(workers)]
    running = subprocess.Popen([sys.executable, "-m", "lianfang", *serve], env=os.environ | env)
    try:
        assert answers(f"http://127.0.0.1:{port}", seconds=90)
        yield port
    finally:
        running.terminate()
        ended = running.wait(60)
        shutil.rmtree(home)
    assert ended == 0


def run(*words, text=None):
    """What a command says."""
    command = [sys.executable, "-m", "lianfang", *words]
    done = subprocess.run(command, check=True, input=text, text=True, stdout=subprocess.PIPE)
    return done.stdout
