"""The typed client against a site that is really served."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
import requests

from lianfang.client import Client, ProblemError, Text
from lianfang.client.model import Screened
from lianfang.errors import InputError
from web_sites import POSTS

pytestmark = pytest.mark.slow

TEXTS = [
    "专业征❤修复，不成功不收费，加薇 wkx58221",
    "今天天气真好，去公园走走",
    "逾期协商停息挂账，全国可办，先办后付，电话13812340000",
]


@pytest.fixture(scope="module")
def client(site):
    return Client(site.address, site.tokens["all"])


@pytest.fixture(scope="module")
def delivered(site, client):
    """The posts, sent as a file and worked through."""
    sent = client.send(site.sources["posts"], file=io.BytesIO(POSTS.encode()), name="posts.csv")
    return client.wait(sent.delivery, seconds=120, every=0.2)


def test_verdicts_are_those_of_the_command_line(site, client, tmp_path):
    rows = [{"id": f"t{place}", "text": text} for place, text in enumerate(TEXTS)]
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = [sys.executable, "-m", "lianfang", "screen", path, "--quiet"]
    said = subprocess.run(command, check=True, capture_output=True).stdout
    headers = {"Authorization": f"Bearer {site.tokens['screen']}"}
    url = f"{site.address}/api/v1/screen"
    answer = requests.post(url, json={"texts": rows}, headers=headers, timeout=30)
    assert answer.json()["verdicts"] == [json.loads(line) for line in said.splitlines()]
    assert "13812340000" not in answer.text
    read = client.screen(Text(row["text"], row["id"]) for row in rows)
    assert tuple(read) == msgspec.json.decode(answer.content, type=Screened).verdicts


def test_many_texts_go_in_several_calls_and_keep_their_order(client):
    verdicts = list(client.screen(TEXTS * 80))
    assert [one.id for one in verdicts] == list(range(1, 241))
    assert [one.suspect for one in verdicts] == [True, False, True] * 80


def test_a_file_is_worked_through(delivered):
    assert delivered.state == "done"
    assert (delivered.added, delivered.refused, delivered.suspect) == (5, 1, 3)


def test_rows_are_a_file_too(site, client):
    rows = [{"text": "低价代办退保，全额退款，加微信 tb88990", "平台": "丙平台"}]
    sent = client.send(site.sources["posts"], rows=rows)
    assert client.wait(sent.delivery, every=0.2).added == 1
    assert client.send(site.sources["posts"], rows=rows) == msgspec.structs.replace(
        sent, repeated=True
    )


def test_alerts_are_listed_filtered_and_read(client, delivered):
    found = [one for one in client.alerts(queue="act") if one.text.startswith("逾期协商")]
    assert [one.count for one in found] == [2]
    assert "⟦phone:" in found[0].text
    read = client.alert(found[0].id)
    assert read.reasons.features
    assert read.delivery == delivered.id
    assert list(client.alerts(queue="act", since=datetime.now(UTC) + timedelta(days=1))) == []


def test_a_decision_stands(client, delivered):
    alert = next(client.alerts(queue="protect"))
    with pytest.raises(ProblemError, match="no reason") as refused:
        client.decide(alert.id, "rejected")
    assert refused.value.problem.status == 400
    made = client.decide(alert.id, "rejected", "正常咨询")
    read = client.alert(alert.id)
    assert (read.state, read.reason) == ("rejected", "正常咨询")
    assert read.decisions == (made,)


def test_another_purpose_is_not_there(site, client):
    for ask in (
        lambda: client.send(site.sources["letters"], rows=[{"text": "投诉"}]),
        lambda: client.alert(10**6),
        lambda: client.delivery(2**62),
    ):
        with pytest.raises(ProblemError) as refused:
            ask()
        assert refused.value.problem.status == 404


def test_patience_waits_until_there_may_be_more(site):
    hasty = Client(site.address, site.tokens["slow"], patience=0)
    with pytest.raises(ProblemError) as refused:
        [list(hasty.screen(["在吗"])) for _ in range(4)]
    assert refused.value.problem.status == 429
    begun = time.monotonic()
    assert list(Client(site.address, site.tokens["slow"], patience=70).screen(["在吗"]))
    assert time.monotonic() - begun > 1


@pytest.mark.parametrize(
    "what", [{}, {"rows": [{"text": "a"}], "file": io.BytesIO()}, {"file": io.BytesIO(b"text")}]
)
def test_what_cannot_be_sent_is_told_at_once(site, client, what):
    with pytest.raises(InputError):
        client.send(site.sources["posts"], **what)


def test_a_token_that_is_none_is_refused(site):
    with pytest.raises(ProblemError, match="no valid token") as refused:
        list(Client(site.address, "lf_" + "a" * 43).screen(["在吗"]))
    assert refused.value.http_status == 401
