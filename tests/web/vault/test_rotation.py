"""Keys rotated while a worker runs: a value keeps its one number, a row is known again."""

from __future__ import annotations

import random
import time

import pytest

from lianfang.evidence.sealing import seal_value, unseal_value
from lianfang.web.deployment import Deployment
from web.intake.deployed import deployed
from web.vault.rotating import done, posts, rotate, rotated, sent, values, versions

pytestmark = [pytest.mark.slow, pytest.mark.database]

INDEX, MASTER = ("--index", "governance"), ("--master",)
KILLS, SEED, KEYS = 2, 20261128, 7


@pytest.fixture(scope="module")
def made():
    with deployed() as made:
        worker = made.worker()
        done(made, sent(made, "first.csv", range(700)))
        yield made
        worker.terminate()
        worker.wait()


def test_a_rotation_indexes_all_anew_and_moves_no_number(made):
    before, old = values(made), made.deployment.secrets.index["governance"]
    said = rotated(made, *INDEX)
    assert "index governance: 700 of 700" in said
    assert "a new key is in use" in said
    assert values(made) == before
    assert list(versions(made)) == [len(old) + 1]
    assert made.deployment.secrets.index["governance"][:-1] == [""] * len(old)
    assert "" not in made.deployment.secrets.index["complaints"]


def test_what_came_before_is_known_after_a_rotation(made):
    before, alerts = values(made), "SELECT count(*) AS n, sum(count) AS of FROM alerts_alert"
    rotated(made, *INDEX)
    (folds,) = made.rows(alerts)
    told = done(made, sent(made, "again.csv", range(600, 710)))
    assert (told["repeated"], told["added"]) == (100, 10)
    assert made.rows(alerts) == [{"n": folds["n"], "of": folds["of"] + 10}]
    after = values(made)
    assert after.items() >= before.items()
    assert len(after) == len(before) + 10


def test_a_worker_goes_on_meanwhile(made):
    number = sent(made, "long.csv", range(100_000, 112_000))
    while made.delivery(number)["added"] == 0:
        time.sleep(0.01)
    assert made.delivery(number)["state"] == "running"
    rotated(made, *INDEX)
    rotated(made, *MASTER)
    assert done(made, number)["added"] == 12_000
    assert len(values(made)) > 12_000
    assert list(versions(made)) == [len(made.deployment.secrets.index["governance"])]


def test_a_rotation_that_is_killed_is_finished_by_the_next(made):
    moments, left = random.Random(SEED), []  # noqa: S311
    expected, numbers = values(made), []
    for kill in range(KILLS):
        before = made.deployment.secrets
        process = rotate(made, *(MASTER if kill % 2 else INDEX))
        while made.deployment.secrets == before and process.poll() is None:
            time.sleep(0.01)
        time.sleep(moments.uniform(0, 0.3))
        process.kill()
        process.communicate()
        left.append(len(made.deployment.secrets.listed()))
        start = 30_000 + 50 * kill
        numbers.append(sent(made, f"{kill}.csv", range(start, start + 50)))
    assert max(left) > KEYS  # an old key was there beside its new one
    for number in numbers:
        done(made, number)
    said = [rotated(made, *words) for words in (INDEX, MASTER)]
    assert "what was begun before is finished" in said[1]  # it ends seconds after the last kill
    assert len(made.deployment.secrets.listed()) == KEYS
    after = values(made)
    assert after.items() >= expected.items()
    assert len(after) == len(expected) + 50 * KILLS


def test_originals_open_under_the_new_master_key_alone(made):
    rotated(made, *MASTER)
    assert len(made.deployment.secrets.masters) == 1
    (first,) = made.rows("SELECT sha256 FROM intake_delivery ORDER BY id LIMIT 1")
    assert b"".join(made.deployment.originals.open(first["sha256"])) == posts(range(700))


def test_secrets_of_webhooks_and_second_factors_are_put_under_the_new_key(made):
    old = made.deployment.keys
    hook = seal_value(b"whsec_x", keys=old, context=b"webhook")
    factor = seal_value(b"JBSWY3DP", keys=old, context=b"second factor").hex()
    with made.connect("owner") as owner:
        owner.execute(
            "INSERT INTO clients_endpoint (url, events, purposes, secret, made_at, made_by_id)"
            " SELECT 'https://a.example/', '{}', '{}', %s, now(), min(id) FROM institution_user",
            [hook],
        )
        owner.execute(
            "INSERT INTO mfa_authenticator (type, data, user_id, created_at)"
            " SELECT 'totp', jsonb_build_object('secret', %s::text), min(id), now()"
            " FROM institution_user",
            [factor],
        )
    rotated(made, *MASTER)
    now = Deployment(made.home).keys
    (told,) = made.rows("SELECT secret FROM clients_endpoint")
    (kept,) = made.rows("SELECT data FROM mfa_authenticator")
    secret = bytes.fromhex(kept["data"]["secret"])
    assert unseal_value(told["secret"], keys=now, context=b"webhook") == b"whsec_x"
    assert unseal_value(secret, keys=now, context=b"second factor") == b"JBSWY3DP"
