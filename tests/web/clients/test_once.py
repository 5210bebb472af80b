"""A request that is made again is done once, also when both come at once."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from django.apps import apps

ROWS = {"rows": [{"text": "低价代办退保，全额退款，加微信 tb88990"}]}
OTHER = {"rows": [{"text": "今天天气真好"}]}


@pytest.fixture
def source(sees_all):
    return apps.get_model("intake.Source").objects.get(purpose="governance").pk


def deliveries():
    return apps.get_model("intake.Delivery").objects.count()


def test_the_same_key_and_body_get_the_same_answer(program, source):
    asks, before = program(), deliveries()
    answers = [asks.post(f"/intake/{source}", ROWS, Idempotency_Key="k1") for _ in range(3)]
    assert {one.status_code for one in answers} == {202}
    assert len({one.content for one in answers}) == 1
    assert answers[0].json()["repeated"] is False
    assert deliveries() == before + 1


def test_the_same_key_and_another_body_is_refused(program, source):
    asks = program()
    asks.post(f"/intake/{source}", ROWS, Idempotency_Key="k1")
    for sent in (OTHER, ROWS | {"name": "other"}):
        answer = asks.post(f"/intake/{source}", sent, Idempotency_Key="k1")
        assert answer.status_code == 409
        assert answer.json()["where"] == "Idempotency-Key"


def test_a_key_is_its_tokens_own(program, source):
    program().post(f"/intake/{source}", ROWS, Idempotency_Key="k1")
    answer = program().post(f"/intake/{source}", OTHER, Idempotency_Key="k1")
    assert answer.status_code == 202


def test_without_a_key_the_same_file_is_still_taken_once(program, source):
    asks, before = program(), deliveries()
    first, second = (asks.post(f"/intake/{source}", ROWS).json() for _ in range(2))
    assert first["delivery"] == second["delivery"]
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert deliveries() == before + 1


def test_what_failed_may_be_made_again_with_its_key(program, source):
    asks = program()
    assert asks.post("/intake/999999", ROWS, Idempotency_Key="k1").status_code == 404
    assert asks.post(f"/intake/{source}", ROWS, Idempotency_Key="k1").status_code == 202


@pytest.mark.parametrize("key", ["two words", "钥匙".encode().decode("latin-1"), "k" * 121])
def test_what_is_no_key(program, source, key):
    answer = program().post(f"/intake/{source}", ROWS, Idempotency_Key=key)
    assert answer.status_code == 422


def test_a_body_is_not_kept_with_its_key(program, source):
    program().post(f"/intake/{source}", ROWS, Idempotency_Key="k1")
    kept = apps.get_model("clients.Answer").objects.get(key="k1")
    assert "tb88990" not in str(kept.__dict__)
    assert len(bytes(kept.request)) == 32


@pytest.mark.slow
def test_many_at_once_are_one(site):
    url = f"{site.address}/api/v1/intake/{site.sources['posts']}"
    headers = {"Authorization": f"Bearer {site.tokens['all']}", "Idempotency-Key": "at-once"}

    def send(place):
        body = b"text\n" + (b"\xe5\x9c\xa8\xe5\x90\x97\n" * (2 if place == 7 else 1))
        file = {"file": ("at-once.csv", io.BytesIO(body))}
        return requests.post(url, headers=headers, files=file, timeout=60)

    with ThreadPoolExecutor(8) as pool:
        same = list(pool.map(send, [0] * 8))
    assert {one.status_code for one in same} == {202}
    assert len({one.content for one in same}) == 1
    assert same[0].json()["repeated"] is False
    assert send(7).status_code == 409
