from __future__ import annotations

import subprocess
import sys
import time

import pytest

from lianfang.web.database.embedded import Embedded, EmbeddedError
from web.database.running import OWNER, PASSWORD, ask


def test_leftovers_of_an_interrupted_start_are_swept_up(made):
    left = made / "postgres.new-abc"
    (left / "data" / "base").mkdir(parents=True)
    (left / "password").write_text("left")
    with Embedded(made, password=PASSWORD) as server:
        assert ask(server, "select 1") == 1
        assert not list(made.glob("*.new-*"))


def test_a_kill_in_the_midst_of_initdb_does_not_hinder(home):
    arguments = [sys.executable, "-c", OWNER, home, PASSWORD]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not list(home.glob("postgres.new-*/data/base")):
            time.sleep(0.01)
        process.kill()
    assert list(home.glob("postgres.new-*/password"))
    assert not (home / "postgres").exists()
    with Embedded(home, password=PASSWORD) as server:
        assert ask(server, "select 1") == 1
    with Embedded(home, password=PASSWORD):
        assert not list(home.glob("*.new-*"))


def test_a_failed_initdb_is_told(home, monkeypatch):
    monkeypatch.setattr("lianfang.web.database.cluster.OPTIONS", ("--encoding=none",))
    with pytest.raises(EmbeddedError, match="initdb: error"), Embedded(home, password=PASSWORD):
        pass
    assert not (home / "postgres").exists()
    assert not list(home.glob("*.new-*"))
