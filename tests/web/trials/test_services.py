"""Shadow runs: begun and cancelled by staff, worked through by real workers, that are killed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from lianfang.errors import InputError
from lianfang.web.guidance.screening import LocalScreener
from lianfang.web.guidance.settings import Settings
from web.intake.deployed import deployed
from web.intake.samples import as_csv

START = Path(__file__).with_name("start.py")
NAME = "credit-repair/credit-matter"
ORDER = "您这个呆账得先结清再做,结清以后我们出一份情况说明,盖单位章,配合两次投诉,一般能给您改成正常"
TEXT = """id: credit-matter
label: {zh: 谈到公园, en: parks}
why: {zh: 试, en: a trial}
source: {sure: inferred}
unit: text
when: 公园
strength: weak
hit: [去公园走走]
clean: [今天吃火锅]
"""
MANY, EVERY = 4000, 100
"""Texts, and one in so many that the draft may change."""
TEXTS = [f"第{n}位，{ORDER}" if n % EVERY == 0 else f"第{n}天，去公园走走" for n in range(MANY)]
SECONDS = 240


def rows(source, texts):
    content = as_csv([(text,) for text in texts], header=("正文",))
    return (source, "post", "governance", f"{source}.csv", content)


@pytest.fixture(scope="module")
def held():
    """A deployment with many texts of one purpose and a few of another."""
    letters = as_csv([(f"{ORDER}，第{n}封",) for n in range(3)], header=("正文",))
    with deployed() as made:
        made.send(rows("巡查", TEXTS), ("信访", "letter", "complaints", "l.csv", letters))
        made.work()
        yield made


def start(held, purpose="governance"):
    told = {"feature": NAME, "text": TEXT, "purpose": purpose}
    done = subprocess.run(
        [sys.executable, START, held.home, held.place],
        input=json.dumps(told),
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)


def run_of(held, number):
    return held.rows("SELECT * FROM trials_run WHERE id = %s", number)[0]


def changes(held, number):
    return held.rows("SELECT * FROM trials_change WHERE run_id = %s ORDER BY id", number)


def wait_until(told):
    end = time.monotonic() + SECONDS
    while not told():
        assert time.monotonic() < end
        time.sleep(0.01)


@contextmanager
def working(held, **env):
    """A worker meanwhile; gone afterwards, whatever it does."""
    worker = held.worker(env=env)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def changed():
    """Texts of which the draft says something else, found without a run."""
    sides = [
        LocalScreener(Settings(), made).screen_rows(enumerate(TEXTS)) for made in ({}, {NAME: TEXT})
    ]
    told = [
        (one.suspect, one.stance, one.activities[:1] and one.activities[0].id)
        for side in sides
        for one in side
    ]
    return {TEXTS[n] for n in range(MANY) if told[n] != told[MANY + n]}


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on_where_it_stopped(held):
    number = start(held)
    with working(held):
        wait_until(lambda: run_of(held, number)["done"])
    assert 0 < run_of(held, number)["done"] < MANY
    with working(held, LIANFANG_STALLED_SECONDS="2"):
        wait_until(lambda: run_of(held, number)["state"] == "done")
    made = run_of(held, number)
    assert (made["done"], made["total"], made["problem"]) == (MANY, MANY, "")
    found = changes(held, number)
    assert made["changed"] == len(found) == len({one["item_id"] for one in found})
    assert {one["purpose"] for one in found} == {"governance"}
    wanted = changed()
    assert len(wanted) > MANY / EVERY / 2
    texts = {one["id"]: one["text"] for one in held.rows("SELECT id, text FROM intake_item")}
    assert {texts[one["item_id"]] for one in found} == wanted


@pytest.mark.slow
def test_a_cancelled_run_stops_and_keeps_what_it_found(held):
    number = start(held)
    with held.connect("staff") as staff, working(held):
        staff.execute("SELECT set_config('lianfang.purposes', 'governance', false)")
        wait_until(lambda: run_of(held, number)["done"])
        # As `cancel` does; a process of its own would come too late.
        staff.execute("UPDATE trials_run SET state = 'cancelled' WHERE id = %s", [number])
        made = run_of(held, number)
        assert 0 < made["done"] < MANY
        assert len(changes(held, number)) == made["changed"]
    held.work()
    assert run_of(held, number) == made


@pytest.mark.slow
def test_letters_are_never_suspect_and_another_purpose_is_not_touched(held):
    number = start(held, "complaints")
    held.work()
    made = run_of(held, number)
    assert (made["state"], made["done"]) == ("done", 3)
    assert all(one["before"]["suspect"] is not True for one in changes(held, number))


@pytest.mark.slow
def test_without_texts_a_run_is_done_at_once(held):
    number = start(held, "anti-telecom-fraud")
    held.work()
    made = run_of(held, number)
    assert (made["state"], made["done"], made["total"]) == ("done", 0, 0)


@pytest.fixture
def draft(sees_all, person):
    from lianfang.web.trials.services import save_draft

    return save_draft(of=NAME, text=TEXT, why="试", user=person("analyst"))


def events(what):
    from lianfang.web.core.models import Event

    return [(one.who, one.object) for one in Event.objects.filter(what=what)]


def test_each_saving_is_a_version_of_its_authors(draft, person):
    from lianfang.web.trials.services import save_draft

    again = save_draft(of=NAME, text=TEXT, why="试", user=person("analyst"))
    others = save_draft(of=NAME, text=TEXT, why="试", user=person("compliance"))
    assert (draft.number, again.number, others.number) == (1, 2, 1)
    assert ("analyst", str(draft.pk)) in events("draft.save")


def test_a_run_waits_until_it_is_cancelled_and_is_cancelled_once(draft, person):
    from lianfang.web.trials.services import cancel, start

    run = start(draft=draft, purpose="governance", user=person("analyst"))
    assert (run.state, run.ended) == ("waiting", False)
    cancel(run_id=run.pk, user=person("compliance"))
    run.refresh_from_db()
    assert (run.state, run.ended) == ("cancelled", True)
    with pytest.raises(InputError, match="has ended"):
        cancel(run_id=run.pk, user=person("compliance"))
    assert events("run.start") == [("analyst", str(run.pk))]
    assert events("run.cancel") == [("compliance", str(run.pk))]


def test_a_purpose_that_isnt_ones_own(draft, person):
    from lianfang.web.trials.services import start

    with pytest.raises(InputError, match="no such purpose"):
        start(draft=draft, purpose="complaints", user=person("analyst"))


def test_what_leaves_is_recorded(draft, browser):
    client = browser("compliance")
    answer = client.get(f"/guides/drafts/{draft.pk}/change.patch")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "+++ b/guides/credit-repair/guide.yaml" in answer.content.decode()
    assert client.get(f"/guides/drafts/{draft.pk}/change.yaml").content.decode() == TEXT
    assert client.get(f"/guides/drafts/{draft.pk}/change.exe").status_code == 404
    assert sorted(events("draft.export")) == [
        ("compliance", f"{draft.pk} patch"), ("compliance", f"{draft.pk} yaml"),
    ]  # fmt: skip
