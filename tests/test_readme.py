"""What the READMEs say can be done, done."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from lianfang.cli import main

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
BIN = Path(sys.executable).parent


def blocks(language, readmes=READMES):
    """Each fenced block of a language, named by file and line."""
    found = []
    for name in readmes:
        text = (ROOT / name).read_text(encoding="utf-8")
        for match in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
            line = text[: match.start()].count("\n") + 1
            found.append(pytest.param(match[1], id=f"{name}:{line}"))
    return found


def commands(*readmes):
    """Every command line of `lianfang` in the shell blocks: its words after the name."""
    for block in blocks("sh", readmes):
        for line in block.values[0].splitlines():
            for part in line.split("|"):
                words = shlex.split(part, comments=True)
                if words[:1] == ["lianfang"]:
                    yield tuple(words[1:])


def run(command):
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    (ROOT / "build").mkdir(exist_ok=True)
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def resolved(words):
    """The command that the words name, and the words that are left for it."""
    command, path = main, []
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, f"no `{' '.join([*path, words[0]])}`"
        command, path, words = command.commands[words[0]], [*path, words[0]], words[1:]
    return command, path, words


def test_both_have_blocks_to_run():
    for language in ("python", "sh"):
        assert {block.id.partition(":")[0] for block in blocks(language)} == set(READMES)


@pytest.mark.slow
@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs(code):
    assert run([sys.executable, "-W", "error", "-c", code])


@pytest.mark.slow
@pytest.mark.parametrize("script", blocks("sh"))
def test_shell_runs(script):
    assert run(["bash", "-euo", "pipefail", "-c", script])


@pytest.mark.parametrize("words", sorted(set(commands(*READMES))), ids=" ".join)
def test_commands_and_options_exist(words):
    command, path, rest = resolved(list(words))
    output = CliRunner().invoke(main, [*path, "--help"]).output
    options = {option for parameter in command.params for option in parameter.opts}
    for word in rest:
        if word.startswith("-") and word != "-":
            assert word in options
            assert word in output


@pytest.mark.parametrize("name", READMES)
def test_options_named_in_prose_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    known = {option for command in every(main) for p in command.params for option in p.opts}
    named = {word for code in re.findall(r"`([^`]+)`", prose) for word in code.split()}
    assert {word for word in named if word.startswith("--")} <= known
    for code in re.findall(r"`lianfang ([^`]+)`", prose):
        resolved(code.split())


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_shown(name):
    shown = {path[0] for words in commands(name) if (path := resolved(list(words))[1])}
    assert shown == set(main.commands)


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def every(command):
    yield command
    for child in getattr(command, "commands", {}).values():
        yield from every(child)
