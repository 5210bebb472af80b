"""A deployment whose keys are rotated: what its values say, and a command that may be killed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter

from lianfang.evidence.sealing import unseal_value

WORK_SECONDS = 180
COLUMNS = "SELECT id, purpose, kind, index, key_version, sealed FROM vault_personalvalue"


def rotate(made, *words):
    """Start the command."""
    command = [sys.executable, "-m", "lianfang", "keys", "rotate", *words, "--home", made.home]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=made.env, stdout=pipe, stderr=pipe, text=True)


def rotated(made, *words):
    """Run the command; give what it said."""
    process = rotate(made, *words)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


def values(made):
    """Every value in the clear, with its number: purpose, kind and value are the key."""
    found = {}
    for row in made.rows(COLUMNS):
        context = f"{row['purpose']}\0{row['kind']}".encode()
        text = unseal_value(row["sealed"], keys=made.deployment.keys, context=context).decode()
        found.setdefault((row["purpose"], row["kind"], text), []).append(row["id"])
    assert {len(numbers) for numbers in found.values()} <= {1}, "a value has two numbers"
    return {key: number for key, (number,) in found.items()}


def versions(made, purpose="governance"):
    """How many values of a purpose are indexed under each version of its key."""
    return Counter(row["key_version"] for row in made.rows(COLUMNS) if row["purpose"] == purpose)


def posts(numbers):
    """A file of offers with a phone number each."""
    lines = "\n".join(f"甲,专业征信修复，第{n}位，不成功不收费，电话139{n:08d}" for n in numbers)
    return f"平台,正文\n{lines}\n".encode()


def sent(made, name, numbers):
    """Send a file of such offers to a deployment whose worker runs; give its delivery's number."""
    return made.send(("巡查", "post", "governance", name, posts(numbers)))[0]["delivery"]


def done(made, number):
    """Wait until a delivery has been worked through."""
    end = time.monotonic() + WORK_SECONDS
    while (told := made.delivery(number))["state"] in ("waiting", "running"):
        assert time.monotonic() < end, told
        time.sleep(0.05)
    assert (told["state"], told["problem"]) == ("done", "")
    return told
