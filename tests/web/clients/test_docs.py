"""What docs/api.md shows, done on a served site."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from lianfang.cli import main

DOCS = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCS, re.DOTALL | re.MULTILINE)


def told(site, text):
    """The text with the site's own address, token and source."""
    own = text.replace("https://lianfang.example", site.address)
    own = own.replace("lf_…", site.tokens["all"])
    return own.replace("client.send(1,", f"client.send({site.sources['posts']},")


@pytest.mark.slow
@pytest.mark.parametrize("place", range(len(blocks("python"))))
def test_python_runs(site, place):
    code = told(site, blocks("python")[place])
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.slow
def test_curl_is_answered(site):
    [script] = blocks("bash")
    done = subprocess.run(["bash", "-c", told(site, script)], capture_output=True, check=True)
    assert b'"suspect":true' in done.stdout


@pytest.mark.parametrize("line", [one for block in blocks("sh") for one in block.splitlines()])
def test_commands_have_these_options(line):
    program, *words = line.split()
    assert program == "lianfang"
    shown = CliRunner().invoke(main, [*words[:2], "--help"]).output
    assert all(word in shown for word in words if word.startswith("--"))


def test_scopes_and_waits_are_those_of_the_code(place):
    from lianfang.web.clients.scopes import SCOPES
    from lianfang.web.clients.tasks import WAITS

    for scope, right in SCOPES.items():
        assert f"| `{scope}` | `{right}` |" in DOCS
    assert WAITS == (5, 30, 120, 600, 3600, 6 * 3600, 24 * 3600)
