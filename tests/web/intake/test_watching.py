"""Watched folders: what is taken, what is refused, and that no kill loses a file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lianfang.web import operations
from web.intake.deployed import deployed
from web.intake.samples import PARK, as_csv

pytestmark = pytest.mark.slow

WATCH = Path(__file__).with_name("watch.py")
SOURCE = ("监视", "post", "governance")
FIRST = (*SOURCE, "first.txt", b"first")


@pytest.fixture(scope="module")
def there():
    with deployed() as made:
        made.send(FIRST)
        made.source = made.rows("SELECT id FROM intake_source")[0]["id"]
        watch(made)
        yield made


def watch(made, *words):
    """Watch once, as a worker does (`watch.py`); give what it said."""
    env = os.environ | operations.environment(made.deployment, made.place, "worker")
    command = [sys.executable, WATCH, *words]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout


def folder(made, *parts):
    return made.home.joinpath("watched", str(made.source), *parts)


def names(made, *parts):
    return sorted(path.name for path in folder(made, *parts).iterdir() if not path.is_dir())


def sent(made):
    query = """SELECT o.name, o.who, d.id FROM intake_delivery d
               JOIN vault_original o ON o.id = original_id"""
    return {row["name"]: row for row in made.rows(query)}


def test_files_are_taken(there):
    folder(there, "甲.csv").write_bytes(as_csv([("甲", PARK)], header=("平台", "正文")))
    folder(there, b"\xd5\xf7\xd0\xc5.txt".decode("utf-8", "surrogateescape")).write_text("一")
    folder(there, "b.csv.part").write_text("正文\n")
    folder(there, ".hidden").write_text("x")
    folder(there, "within").mkdir()
    folder(there, "within", "c.txt").write_text("x")
    watch(there)
    found = sent(there)
    assert found["甲.csv"]["who"] == "system:watched"
    assert found["征信.txt"]["who"] == "system:watched"
    assert names(there) == [".hidden", "b.csv.part"]
    assert f"{found['甲.csv']['id']}-甲.csv" in names(there, "done")
    assert names(there, "taking") == []
    there.work()
    assert there.delivery(found["甲.csv"]["id"])["added"] == 1


def test_the_same_again_is_moved_and_adds_nothing(there):
    before = len(sent(there))
    folder(there, "again.txt").write_bytes(FIRST[-1])
    watch(there)
    assert len(sent(there)) == before
    assert any(name.endswith("-again.txt") for name in names(there, "done"))


def test_links_are_never_followed(there, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    folder(there, "link.txt").symlink_to(secret)
    os.link(folder(there, ".hidden"), folder(there, "hard.txt"))
    os.mkfifo(folder(there, "pipe.txt"))
    watch(there)
    assert not {"link.txt", "hard.txt", "pipe.txt"} & set(sent(there))
    refused = names(there, "refused")
    assert {"link.txt", "hard.txt", "pipe.txt", "link.txt.why.txt"} <= set(refused)
    assert "a link" in folder(there, "refused", "link.txt.why.txt").read_text()
    assert secret.read_text() == "geheim"


def test_a_folder_that_is_a_link_is_left_alone(there, tmp_path):
    folder(there).rename(folder(there).with_name("aside"))
    (tmp_path / "x.txt").write_text("outside")
    folder(there).symlink_to(tmp_path)
    try:
        watch(there)
        assert (tmp_path / "x.txt").exists()
        assert "x.txt" not in sent(there)
    finally:
        folder(there).unlink()
        folder(there).with_name("aside").rename(folder(there))


def test_what_a_closed_source_gets_is_refused_with_a_reason(there):
    close = {"do": "close", "delivery": there.rows("SELECT min(id) FROM intake_delivery")[0]["min"]}
    there.staff(close | {"closed": True})
    folder(there, "late.txt").write_text("late")
    watch(there)
    there.staff(close | {"closed": False})
    assert "closed" in folder(there, "refused", "late.txt.why.txt").read_text()


def test_names_that_are_taken_are_not_written_over(there):
    for content in ("one", "two"):
        folder(there, "pipe.txt").symlink_to(f"/nowhere/{content}")
        watch(there)
    kept = [name for name in names(there, "refused") if name.endswith("pipe.txt")]
    assert kept == ["1-pipe.txt", "2-pipe.txt", "pipe.txt"]


def test_kills_lose_nothing():
    with deployed() as made:
        made.send(FIRST)
        made.source = made.rows("SELECT id FROM intake_source")[0]["id"]
        watch(made)
        contents = {f"{n}.txt": os.urandom(100_000).hex() for n in range(60)}
        for name, content in contents.items():
            folder(made, name).write_text(content)
        assert int(watch(made, folder(made))) > 5
        found = sent(made)
        originals = made.rows("SELECT count(DISTINCT sha256) AS n FROM vault_original")[0]["n"]
        jobs = made.rows("SELECT args FROM procrastinate_jobs WHERE task_name = 'intake.process'")
        assert set(found) == {*contents, "first.txt"}
        assert originals == len(contents) + 1
        assert {job["args"]["delivery"] for job in jobs} == {row["id"] for row in found.values()}
        assert len(jobs) == len(found)
        assert names(made) == names(made, "taking") == names(made, "refused") == []
        kept = {name.partition("-")[2]: name for name in names(made, "done")}
        assert len(kept) == len(names(made, "done"))
        for name, content in contents.items():
            assert folder(made, "done", kept[name]).read_text() == content
