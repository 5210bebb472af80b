from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lianfang.guides.library import Library

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_demo_builds_and_tells_what_there_is():
    command = [sys.executable, "-m", "scripts.demo", "--no-serve", "--items", "300"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stderr
    rows = re.findall(
        r"│ (\w+\.\w+)\s+│ (\d+)\s+│ (\d+)\s+│ (\d+)\s+│ (\d+)\s+│ (\w+)", done.stdout
    )
    assert [row[0] for row in rows] == ["posts.csv", "messages.csv", "calls.jsonl", "letters.jsonl"]
    assert {row[5] for row in rows} == {"done"}
    assert sum(int(row[1]) + int(row[2]) for row in rows) == 300
    assert [row[4] for row in rows][3] == "0"
    assert int(rows[0][4]) > 0
    alerts = re.findall(r"│ (\S+)\s+│ (\d+)\s+│ (\d+)\s+│$", done.stdout, re.MULTILINE)
    assert [row[0] for row in alerts] == [one.name.zh for one in Library().guides.values()]
    for role in ("analyst", "reviewer", "handler", "compliance", "administrator", "auditor"):
        assert re.search(rf"│ {role}\s+│ \S{{16}} │", done.stdout)
