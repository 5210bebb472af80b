"""Another process finds the same, and ends with the one that asks, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from lianfang.privacy.many import personal_of
from lianfang.web.intake.apart import LONG, Apart

TEXTS = [f"加微信 abc{n:06d}，电话1381234{n % 10_000:04d}，找王五" for n in range(LONG)]
TOLD = [[("name", "王五")]] * LONG
SECONDS = 60
ASKING = """
import time
from lianfang.web.intake.apart import LONG, Apart
apart = Apart()
apart.begin(["好"] * LONG, [[]] * LONG)()
print(apart._other._process.pid, flush=True)
time.sleep(600)
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def apart():
    made = Apart()
    yield made
    made.close()


def until(met):
    end = time.monotonic() + SECONDS
    while not met():
        assert time.monotonic() < end
        time.sleep(0.05)


def other(apart):
    """The other process, ready."""
    apart.begin(TEXTS, TOLD)()
    until(apart._other.is_ready)
    return apart._other._process


def test_it_finds_the_same_elsewhere(apart):
    other(apart)
    before = time.process_time()
    expected = personal_of(TEXTS, TOLD)
    here = time.process_time() - before
    begun, before = apart.begin(TEXTS, TOLD), time.process_time()
    assert begun() == expected
    assert time.process_time() - before < here / 2


def test_few_texts_are_worth_no_process(apart):
    assert apart.begin(TEXTS[:9], TOLD[:9])() == personal_of(TEXTS[:9], TOLD[:9])
    assert apart._other is None


@pytest.mark.parametrize("asked", [False, True])
def test_what_another_process_leaves_undone_is_done_here(apart, asked):
    process, expected = other(apart), personal_of(TEXTS, TOLD)
    begun = apart.begin(TEXTS, TOLD) if asked else None
    process.kill()
    if begun is None:
        begun = apart.begin(TEXTS, TOLD)
    assert begun() == expected
    process.wait()
    assert other(apart).pid != process.pid


def test_what_nobody_took_is_no_answer_to_the_next(apart):
    process, others = other(apart), [text[::-1] for text in TEXTS]
    apart.begin(TEXTS, TOLD)
    assert apart.begin(others, TOLD)() == personal_of(others, TOLD)
    process.wait()


def test_it_ends_with_the_one_that_asks():
    asking = subprocess.Popen([sys.executable, "-c", ASKING], stdout=subprocess.PIPE)
    number = int(asking.stdout.readline())
    os.kill(number, 0)
    asking.send_signal(signal.SIGKILL)
    asking.communicate()
    until(lambda: _has_ended(number))


def _has_ended(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    with open(f"/proc/{number}/stat", encoding="utf-8") as stat:  # noqa: PTH123
        return stat.read().rpartition(")")[2].split()[0] == "Z"
