"""Accounts from the command line, on a deployment of their own."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from deployments import run
from web_sites import PASSWORD, new_home

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home():
    home = new_home()
    run("migrate", "--home", str(home))
    for role in ("administrator", "analyst"):
        run("user", "add", role, "--role", role, "--home", str(home), text=PASSWORD + "\n")
    yield str(home)
    shutil.rmtree(home)


def listed(home):
    return [line.split("\t") for line in run("user", "list", "--home", home).splitlines()]


def test_accounts_are_changed_and_shown(home):
    why = ("--why", "leaves the house", "--home", home)
    run("user", "disable", "analyst", *why)
    assert listed(home)[1] == ["analyst", "analyst", "anti-telecom-fraud,governance", "disabled"]
    run("user", "enable", "analyst", *why)
    run("user", "role", "analyst", "handler", *why)
    assert listed(home)[1] == ["analyst", "handler", "complaints", "active"]
    run("user", "role", "analyst", "handler", "--purpose", "governance", *why)
    assert listed(home)[1][2] == "governance"
    run("user", "reset-factor", "analyst", *why)


@pytest.mark.parametrize(
    "words",
    [("disable", "nobody", "--why", "leaves the house"),
     ("disable", "administrator", "--why", "leaves the house"),
     ("role", "administrator", "analyst", "--why", "leaves the house"),
     ("role", "analyst", "boss", "--why", "is promoted"), ("disable", "analyst", "--why", "x")],
)  # fmt: skip
def test_what_may_not_be_is_refused(home, words):
    with pytest.raises(subprocess.CalledProcessError):
        run("user", *words, "--home", home)
    assert [row[3] for row in listed(home)] == ["active", "active"]
