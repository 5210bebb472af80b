"""A small year: everything of a month is there so many times, and hangs together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SMALL = Path(__file__).with_name("small.py")
ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told():
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    done = subprocess.run([sys.executable, SMALL], capture_output=True, check=False, env=env)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_every_item_is_another(told):
    assert told["items"] >= 1500
    assert told["texts"] > 0.9 * told["items"]


def test_rows_find_each_other(told):
    assert told["of strangers"] == told["lost"] == 0
    assert told["of alerts"] == told["occurrences"]
    assert told["with an alert"] == told["alerts"] == told["sightings"]
    assert told["alerts"] > 0.1 * told["items"]


def test_a_year_in_order_most_of_it_decided(told):
    assert told["days"] > 300
    assert told["disordered"] == 0
    assert told["decisions"] == told["decided"] > told["alerts"] / 2
    assert told["sketched"] == told["final"] > 0
    assert 0 < told["assigned"] < told["alerts"] - told["final"]
    assert told["states"] == 4


def test_indexes_are_there_again_and_find_what_copies_end_with(told):
    assert told["indexes stay"]
    assert told["found"] > told["items"] / 24


def test_no_page_asks_more_than_it_may(told):
    assert told["queries"]
    assert max(told["queries"].values()) <= 12, told["queries"]
