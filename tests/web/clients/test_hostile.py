"""What a program may send that isn't what is asked for: told, never a page, never a crash."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from lianfang.client.model import MOST_JSON

PROBLEM = "application/problem+json"
DEEP = b'{"texts":' + b"[" * 100_000 + b"]" * 100_000 + b"}"


def check(answer, status):
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.json()["status"] == status
    assert answer.json()["title"]
    return answer.json()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 415), (b"{", 422), (b"[]", 422), (b"null", 422), (b"{}", 422),
        (b'{"texts": []}', 422),
        (b'{"texts": "a"}', 422), (b'{"texts": [1]}', 422), (b'{"texts": [{}]}', 422),
        (b'{"texts": ["a"], "more": 1}', 422), (b'{"texts": [{"text": "a", "id": []}]}', 422),
        (b'{"texts": [{"text": "a", "id": 99999999999999999999}]}', 422),
        (b'{"texts": ["\xff"]}', 422), (b'{"texts": ["\\ud800"]}', 422),
        (b'{"texts": ["' + b"a" * MOST_JSON + b'"]}', 413), (DEEP, 422),
        (b'{"texts": [' + b'"a",' * 100 + b'"a"]}', 422),
        (b'{"texts": ["\\u0000 \\u202e \\ufffe"]}', 200), (b'{"texts": [""]}', 200),
    ],
    ids=lambda one: str(one)[:40],
)  # fmt: skip
def test_a_body(program, body, status):
    answer = program().post("/screen", body)
    if status == 200:
        assert answer.status_code == 200
    else:
        check(answer, status)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "a/b"])
@pytest.mark.parametrize("path", ["/screen", "/intake/{source}"])
def test_a_body_of_another_form(program, numbers, path, kind):
    path = path.format(**numbers)
    check(program().post(path, b'{"texts": ["a"]}', Content_Type=kind), 415)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/screen"), ("DELETE", "/alerts"), ("PUT", "/alerts/1"), ("POST", "/alerts"),
     ("PATCH", "/screen"), ("OPTIONS", "/alerts"), ("TRACE", "/alerts")],
)  # fmt: skip
def test_a_method_that_is_not_there(program, method, path):
    asks = program()
    answer = asks.client.generic(method, f"/api/v1{path}", headers=asks.headers)
    check(answer, 405)
    assert answer.headers["Allow"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/alerts/", "/alerts/x", "/alerts/-1", "/alerts/1/../../x", "/docs",
             "/alerts/" + "9" * 5000, "/alerts/9223372036854775808", "/%00", "/"],
)  # fmt: skip
def test_a_path_that_is_not_there(program, path):
    check(program().get(path), 404)


@pytest.mark.parametrize(
    "asked",
    [{"queue": "all"}, {"state": ""}, {"activity": "a\0b"}, {"activity": "' OR 1=1"}, {"limit": 0},
     {"limit": 201}, {"limit": "x"}, {"source": -1}, {"source": 2**63}, {"since": "yesterday"},
     {"cursor": ""}, {"cursor": "x"}, {"cursor": "WzFd:1abc:xyz"}, {"cursor": "\0"},
     {"cursor": "x" * 10_000}, {"statee": "open"}, {"": "x"}, {"since": "2026-01-01T00:00:00"},
     {"since": "0001-01-01T00:00:00+23:59"}],
    ids=str,
)  # fmt: skip
def test_a_filter_that_is_none(program, asked):
    check(program().get("/alerts", **asked), 422)


@pytest.mark.parametrize("since", ["0067-10-30T13:12:16-21:55", "9999-12-31T00:00:00Z"])
def test_a_time_far_off_is_a_time(program, since):
    assert program().get("/alerts", since=since).status_code == 200


def test_a_cursor_is_good_for_its_question_alone(program):
    asks = program()
    cursor = asks.get("/alerts", queue="act", limit=1).json()["next"]
    assert asks.get("/alerts", queue="act", limit=5, cursor=cursor).status_code == 200
    check(asks.get("/alerts", queue="protect", cursor=cursor), 422)
    check(asks.get("/alerts", queue="act", cursor=cursor[:-1]), 422)
    from django.core import signing

    check(asks.get("/alerts", cursor=signing.dumps([1, "0" * 16], salt="other")), 422)


def test_what_is_too_large_is_refused_before_it_is_read(program):
    asks = program()
    answer = asks.post("/screen", b"{}", Content_Length=str(10**12))
    check(answer, 413)


@pytest.mark.parametrize("body", [{}, {"after": "gone"}, {"after": "rejected"},
                                  {"after": "rejected", "reason": " "},
                                  {"after": "unsure", "reason": "x" * 301}])  # fmt: skip
def test_a_decision_that_is_none(program, numbers, body):
    answer = program().post(f"/alerts/{numbers['alert']}/decisions", body)
    assert answer.status_code in (400, 422)
    check(answer, answer.status_code)


def test_a_decision_keeps_no_nul(program, numbers):
    said = {"after": "unsure", "reason": "a\0b"}
    answer = program().post(f"/alerts/{numbers['alert']}/decisions", said)
    assert answer.json()["reason"] == "ab"


def test_a_file_that_is_none(program, numbers):
    asks, path = program(), f"/intake/{numbers['source']}"
    check(asks.client.post(f"/api/v1{path}", {"other": "x"}, headers=asks.headers), 422)
    two = {"file": SimpleUploadedFile("a.csv", b"text\na"), "more": SimpleUploadedFile("b", b"b")}
    check(asks.client.post(f"/api/v1{path}", two, headers=asks.headers), 422)
    broken = asks.post(path, b"--x\r\nbroken", Content_Type="multipart/form-data")
    check(broken, 400)


def test_what_goes_wrong_inside_says_nothing_of_it(program, monkeypatch):
    from lianfang.web.intake import api

    def breaks(_):
        raise RuntimeError("13812340000")

    monkeypatch.setattr(api, "LocalScreener", breaks)
    answer = program().post("/screen", {"texts": ["在吗"]})
    assert check(answer, 500) == {"title": "Internal Server Error", "status": 500}


@pytest.fixture
def numbers(sees_all):
    alert = apps.get_model("alerts.Alert").objects.filter(purpose="governance").first()
    source = apps.get_model("intake.Source").objects.get(purpose="governance")
    return {"alert": alert.pk, "source": source.pk}
