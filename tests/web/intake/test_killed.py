"""Workers killed again and again in the midst of a delivery: nothing is lost, nothing is double."""

from __future__ import annotations

import json
import random
import re
import time
from datetime import date

import pytest
from bench.month.generate import POST_COLUMNS, _post
from bench.month.model import Month
from bench.month.streams import posts

from web.intake.deployed import deployed
from web.intake.samples import as_csv

KILLS, ROWS, SEED = 50, 16_000, 20261128
STALLED_SECONDS, END_SECONDS, MOST_SECONDS, PAUSE = 1, 120, 5, 0.02
ENV = {"LIANFANG_STALLED_SECONDS": str(STALLED_SECONDS)}
COUNTS = "SELECT state, problem, share, done_row, added, repeated, refused, suspect FROM {}"
ITEMS = """SELECT row, text, platform, account, url, published, suspect, stance, score, verdict
FROM intake_item ORDER BY row, id"""
REFUSED = 'SELECT row, "column", reason, what_to_do FROM intake_refusedrow ORDER BY row, id'
ALERTS = """SELECT i.row, queue, count, activity, a.stance, a.score, sure, state
FROM alerts_alert a JOIN intake_item i ON i.id = item_id ORDER BY i.row, a.id"""
OCCURRENCES = """SELECT i.row, first.row AS of FROM alerts_occurrence o
JOIN intake_item i ON i.id = o.item_id JOIN alerts_alert a ON a.id = alert_id
JOIN intake_item first ON first.id = a.item_id ORDER BY i.row, o.id"""
VALUES = "SELECT kind, count(*) AS n FROM vault_personalvalue GROUP BY kind ORDER BY kind"


def file():
    """Posts of a month; some rows come twice, and some can't be read."""
    rows = [_post(post) for post in posts(SEED, ROWS, Month(date(2026, 10, 1), 31))]
    for place in range(100, ROWS, 150):
        rows.insert(place, ("坏行", "只有两列"))
        rows.insert(place + 20, rows[place - 50])
    return as_csv(rows, header=POST_COLUMNS)


def told(made):
    """All that a delivery left, free of what no two deployments share: numbers and times."""
    told = {
        "delivery": made.rows(COUNTS.format("intake_delivery")),
        "items": made.rows(ITEMS),
        "refused": made.rows(REFUSED),
        "alerts": made.rows(ALERTS),
        "occurrences": made.rows(OCCURRENCES),
        "values": made.rows(VALUES),
    }
    for item in told["items"]:
        item["verdict"] = _without_places(item["verdict"])
    numbers = {}
    as_text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    renumbered = re.sub(
        r"⟦([a-z-]+):(\d+)⟧",
        lambda found: f"⟦{found[1]}:{numbers.setdefault(found[0], len(numbers))}⟧",
        as_text,
    )
    return json.loads(renumbered)


def _without_places(value):
    """A longer number moves all that stands behind it."""
    if isinstance(value, list):
        return [_without_places(one) for one in value]
    if isinstance(value, dict):
        kept = ((name, one) for name, one in value.items() if name not in ("start", "end"))
        return {name: _without_places(one) for name, one in kept}
    return value


class Watch:
    """Looks at a deployment's one delivery, again and again over one connection."""

    def __init__(self, made):
        self._connection = made.connect()

    def state(self):
        query = "SELECT state, done_row FROM intake_delivery"
        return self._connection.execute(query).fetchone()

    def until(self, met):
        end = time.monotonic() + END_SECONDS
        while not met(*self.state()):
            assert time.monotonic() < end, self.state()
            time.sleep(PAUSE)

    def close(self):
        self._connection.close()


@pytest.fixture(scope="module")
def undisturbed():
    """What a delivery leaves that nobody disturbs, and seconds from its begin to its first rows."""
    with deployed() as made:
        made.send(("巡查", "post", "governance", "posts.csv", file()))
        worker, watch = made.worker(env=ENV), Watch(made)
        watch.until(lambda state, _: state == "running")
        begun = time.monotonic()
        watch.until(lambda _, done_row: done_row > 0)
        first = time.monotonic() - begun
        watch.until(lambda state, _: state == "done")
        worker.kill()
        worker.wait()
        watch.close()
        yield told(made), first


@pytest.mark.slow
def test_fifty_kills_change_nothing(undisturbed):
    expected, first = undisturbed
    moments, struck = random.Random(SEED), 0  # noqa: S311
    with deployed() as made:
        made.send(("巡查", "post", "governance", "posts.csv", file()))
        watch = Watch(made)
        # The second is ready to take over, so that a kill costs no start of a process.
        workers = [made.worker(env=ENV), made.worker(env=ENV)]
        try:
            watch.until(lambda state, _: state == "running")
            for _ in range(KILLS):
                time.sleep(moments.uniform(0, min(1.5 * STALLED_SECONDS + first, MOST_SECONDS)))
                struck += watch.state()[0] == "running"
                killed = workers.pop(0 if moments.random() < 0.9 else 1)
                killed.kill()
                killed.wait()
                workers.append(made.worker(env=ENV))
            watch.until(lambda state, _: state not in ("waiting", "running"))
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
            watch.close()
        found = told(made)
    for name, rows in expected.items():
        assert found[name] == rows, name
    assert struck > KILLS / 2  # the others met workers that had nothing left to do
