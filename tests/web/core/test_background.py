"""What becomes of a delivery whose worker dies, is taken for dead, or loses the database."""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager

import pytest

from lianfang.web.core.background import ENDED
from web.intake.deployed import deployed

pytestmark = pytest.mark.slow

MOST_ATTEMPTS = 3
ENV = {"LIANFANG_STALLED_SECONDS": "1"}
JOBS = "SELECT * FROM procrastinate_jobs WHERE task_name = 'intake.process'"
CUT_OFF = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE usename = 'lianfang_worker'"""
LOST = "SELECT * FROM procrastinate_jobs WHERE status IN ('doing', 'failed') AND worker_id IS NULL"


@pytest.fixture(scope="module")
def made():
    with deployed() as made:
        yield made


def file(name, rows):
    lines = "".join(f"甲,{name}的第{n}条消息，今天天气真好\n" for n in range(rows))
    return ("巡查", "post", "governance", f"{name}.csv", f"平台,正文\n{lines}".encode())


def until(met):
    end = time.monotonic() + 180
    while not (found := met()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


@contextmanager
def working(made):
    worker = made.worker(env=ENV)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


@contextmanager
def held(made, number):
    """Nobody gets on with a delivery meanwhile."""
    with made.connect("owner") as owner, owner.transaction():
        owner.execute("SELECT set_config('lianfang.purposes', 'governance', true)")
        owner.execute("SELECT FROM intake_delivery WHERE id = %s FOR UPDATE", [number])
        yield


def doing(made):
    return [job["worker_id"] for job in made.rows(JOBS) if job["status"] == "doing"]


def ends(made, number, rows):
    until(lambda: made.delivery(number)["state"] == "done")
    assert made.delivery(number)["added"] == rows
    until(lambda: made.rows(JOBS) == [])


def test_deaths_are_no_attempts(made):
    (sent,) = made.send(file("死", 10))
    number, workers = sent["delivery"], set()

    def taken_up():
        return set(doing(made)) - workers - {None}

    with held(made, number):
        for _ in range(MOST_ATTEMPTS):
            with working(made):
                workers |= until(taken_up)
        (job,) = made.rows(JOBS)
    assert len(workers) == MOST_ATTEMPTS
    assert job["attempts"] == 0
    with working(made):
        ends(made, number, 10)


def test_who_was_taken_for_dead_ends_and_leaves_the_job_to_the_other(made):
    (sent,) = made.send(file("停", 12_000))
    number = sent["delivery"]
    with working(made) as first:
        until(lambda: made.delivery(number)["added"])
        (owner,) = doing(made)
        first.send_signal(signal.SIGSTOP)
        with working(made):
            until(lambda: doing(made) not in ([], [owner], [None]))
            before = made.delivery(number)["added"]
            until(lambda: made.delivery(number)["added"] > before)
            first.send_signal(signal.SIGCONT)
            assert first.wait(120) == ENDED
            ends(made, number, 12_000)


def test_a_worker_without_database_ends_and_the_next_goes_on(made):
    (sent,) = made.send(file("断", 12_000))
    number = sent["delivery"]
    with working(made) as worker:
        until(lambda: made.delivery(number)["added"])
        made.administer("ALTER DATABASE lianfang ALLOW_CONNECTIONS false")
        try:
            made.administer(CUT_OFF)
            assert worker.wait(120)
        finally:
            made.administer("ALTER DATABASE lianfang ALLOW_CONNECTIONS true")
    told = made.delivery(number)
    assert (told["state"], told["problem"]) == ("running", "")
    with working(made):
        ends(made, number, 12_000)


def test_a_stalled_job_whose_like_waits_already_is_dropped(made):
    add = """INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args, status)
             VALUES ('intake', 'intake.retry_stalled', 'retry_stalled', '{"timestamp": 0}', %s)"""
    with made.connect("worker") as worker:
        for status in ("doing", "doing", "todo"):
            worker.execute(add, [status])
    with working(made):
        until(lambda: made.rows(LOST) == [])
        time.sleep(2)
        assert made.rows(LOST) == []
