"""What compose.yaml, deploy/nginx.conf and docs/production.md name is there, and agrees."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from lianfang.cli import main
from lianfang.web.database.server import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = ("migrate", "site", "worker")
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "production.md").read_text(encoding="utf-8")


def read_by_the_code():
    """Names of the variables that the code reads."""
    told = (path.read_text(encoding="utf-8") for path in (ROOT / "src/lianfang").rglob("*.py"))
    return {name for text in told for name in re.findall(r'"(LIANFANG_[A-Z_]+)"', text)}


def check(words):
    """Words after `lianfang` name a command and options that it has."""
    command = main
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    assert command is not main, words
    options = {option for one in command.params for option in one.opts}
    assert {word for word in words if word.startswith("--")} <= options, words


@pytest.mark.parametrize("name", SERVICES)
def test_containers_can_do_little(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    if name in OURS:
        assert "\nUSER lianfang\n" in DOCKERFILE
    else:
        assert service["user"] not in ("root", "0")
    if name != "migrate":
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"][0] == "CMD"


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["nginx"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_every_secret_volume_and_network_is_told_of():
    for service in SERVICES.values():
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        named = {one.partition(":")[0] for one in service["volumes"]}
        assert {one for one in named if not one.startswith(".")} <= set(COMPOSE["volumes"])
        assert set(service.get("depends_on", {})) <= set(SERVICES)


def test_no_secret_stands_in_the_environment():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert name.endswith("_FILE") or not re.search(r"(?i)password|secret", name + value)
    url = SERVICES["site"]["environment"]["LIANFANG_DATABASE_URL"]
    assert "@" not in url


@pytest.mark.parametrize("name", OURS)
def test_variables_are_those_that_the_code_reads(name):
    assert set(SERVICES[name]["environment"]) <= read_by_the_code()
    check(SERVICES[name]["command"])


def test_paths_of_the_image_agree():
    home = re.search(r"LIANFANG_HOME=(\S+)", DOCKERFILE)[1]
    for name in OURS:
        assert f"home:{home}" in SERVICES[name]["volumes"]
    for path in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        assert all((ROOT / one).exists() for one in path.split())


def test_the_server_logs_as_little_as_the_built_in_one():
    told = dict(word[2:].split("=") for word in SERVICES["database"]["command"][1:])
    wanted = {name: value for name, value in SETTINGS.items() if name.startswith("log_")}
    del wanted["log_timezone"]
    assert told == wanted


def test_the_proxy_writes_over_what_clients_say_and_lets_files_through():
    from lianfang.web.core.middleware import FORM_BYTES

    for line in (
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto https;",
        "proxy_set_header Host $host;",
        "server site:8000;",
    ):
        assert line in NGINX
    most = int(re.search(r"client_max_body_size (\d+)m;", NGINX)[1]) << 20
    settings = (ROOT / "src/lianfang/web/settings.py").read_text(encoding="utf-8")
    upload = int(re.search(r"MOST_UPLOAD_BYTES = (\d+) << 20", settings)[1]) << 20
    assert most == upload + FORM_BYTES
    secrets = set(re.findall(r"/run/secrets/([\w-]+);", NGINX))
    assert secrets == set(SERVICES["nginx"]["secrets"])


def test_the_image_pins_what_the_tests_run_with():
    def pins(name):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", text, re.MULTILINE))

    assert pins("platform.txt").items() < pins("dev.txt").items()
    assert pins("platform.txt").keys() > pins("run.txt").keys()


def commands():
    """Command lines of the guide, continued lines joined."""
    for block in re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE):
        yield from block.replace("\\\n", " ").splitlines()


def test_commands_of_the_guide_exist():
    seen = 0
    for line in commands():
        words = shlex.split(line.rpartition("| ")[2], comments=True)
        if "migrate" in words and words[:3] == ["docker", "compose", "run"]:
            check(words[words.index("migrate") + 1 :] or ["migrate"])
            seen += 1
        elif "lianfang" in words:
            check(words[words.index("lianfang") + 1 :])
            seen += 1
    assert seen > 4


def test_every_variable_is_told_of_in_the_guide_and_read():
    named = set(re.findall(r"LIANFANG_[A-Z_]+[A-Z]", GUIDE))
    assert set(SERVICES["site"]["environment"]) <= named
    assert named <= read_by_the_code()


def test_a_part_that_does_not_answer_is_told(tmp_path):
    command = [sys.executable, "-m", "lianfang.web.health", "site", "1"]
    done = subprocess.run(command, env=os.environ, capture_output=True, check=False)
    assert done.returncode == 1
