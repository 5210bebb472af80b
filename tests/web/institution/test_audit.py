"""The record, as auditors look into it."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection

from elements import read_html

HERE = ZoneInfo("Asia/Shanghai")
DAY = datetime(2026, 3, 5, tzinfo=HERE)


@pytest.fixture
def events(db):
    """Return a function: an event, with what a test wants otherwise."""
    usual = {"who": "wu", "what": "thing.done", "object": "7", "address": "203.0.113.9"}
    return lambda **changed: apps.get_model("core.Event").objects.create(**usual | changed)


def found(client, **asked):
    page = read_html(client.get("/audit/", asked).content.decode())
    rows = [row for body in page.all("tbody") for row in body.all("tr")]
    return [row.all("td")[3].text for row in rows]


@pytest.fixture
def auditor(browser):
    return browser("auditor")


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({"who": "wu"}, {"1", "2", "3"}),
        ({"what": "zz.done"}, {"2", "4"}),
        ({"what": "zz."}, {"2", "3", "4"}),
        ({"object": "3"}, {"3"}),
        ({"address": "2001:DB8::1"}, {"4"}),
        ({"who": "wu", "what": "zz.", "address": "203.0.113.9"}, {"2", "3"}),
        ({"who": "nobody"}, set()),
        ({"who": "wu", "until": "2020-01-01"}, set()),
    ],
)
def test_conditions_stand_alone_and_together(auditor, events, asked, there):
    events(object="1", what="yy.done")
    events(object="2", what="zz.done")
    events(object="3", what="zz.undone")
    events(object="4", what="zz.done", who="li", address="2001:db8::1")
    assert set(found(auditor, **asked)) == there


def test_days_are_whole_and_of_here(auditor, events):
    events(object="77")
    today = datetime.now(HERE).date()
    before, after = str(today - timedelta(days=1)), str(today + timedelta(days=1))
    day = str(today)
    for since, until, there in (
        (day, day, True), (before, before, False), (after, after, False),
        (before, "", True), ("", after, True), ("", before, False), (after, before, False),
    ):  # fmt: skip
        assert bool(found(auditor, who="wu", since=since, until=until)) is there, (since, until)


@pytest.mark.parametrize(
    "asked",
    [{"since": "yesterday"}, {"until": "9999-12-31"}, {"since": "0001-01-01"},
     {"address": "nowhere"}, {"who": "x" * 151}, {"object": "a\0b"}],
)  # fmt: skip
def test_what_cannot_be_looked_for_is_told_and_finds_nothing(auditor, events, asked):
    events()
    answer = auditor.get("/audit/", asked)
    assert answer.status_code == 200
    page = read_html(answer.content.decode())
    assert page.all("p", cls="problem")
    assert not page.all("tbody")
    assert auditor.get("/audit/export.csv", asked).status_code == 404


@pytest.mark.parametrize(
    "after",
    ["x", "_", "2026-01-01_1", "2026-01-01T00:00:00+08:00_0",
     "2026-01-01T00:00:00+08:00_" + "9" * 30, "2026-13-01T00:00:00+08:00_1"],
)  # fmt: skip
def test_a_page_that_begins_nowhere_is_not_there(auditor, after):
    assert auditor.get("/audit/", {"after": after}).status_code == 404


def test_pages_follow_each_other_without_a_gap(auditor, events):
    for number in range(205):
        events(object=str(number), who="many")
    seen, address = [], "/audit/?who=many"
    while address:
        page = read_html(auditor.get(address).content.decode())
        seen += [row.all("td")[3].text for row in page.one("tbody").all("tr")]
        events(object="new", who="many")
        [address, *_] = [link.attrs["href"] for link in page.all("a", rel="next")] or [""]
    assert seen == [str(number) for number in reversed(range(205))]


def exported(answer):
    text = b"".join(answer.streaming_content).decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:])))


def test_an_export_is_what_was_found_and_is_on_record_itself(auditor, events):
    events(why='=HYPERLINK("https://evil.example")', who="wu")
    events(who="li")
    header, *rows = exported(auditor.get("/audit/export.csv", {"who": "wu"}))
    assert header == ["时间", "谁", "做了什么", "对象", "理由", "来自"]
    assert [row[1:] for row in rows] == [
        ["wu", "thing.done", "7", '\'=HYPERLINK("https://evil.example")', "203.0.113.9"]
    ]
    last = apps.get_model("core.Event").objects.first()
    assert (last.who, last.what, last.why) == ("auditor", "audit.export", "who=wu")
    rows = exported(auditor.get("/audit/export.csv"))
    assert rows[1][2] == "audit.export", "it tells of itself"


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])
def test_no_cell_is_a_formula(place, start):
    from lianfang.web.core.exports import harmless

    assert harmless(start) == f"'{start}"
    assert harmless("1=1") == "1=1"
    assert harmless(None) == ""
    assert harmless(7) == "7"


@pytest.mark.slow  # 200,000 events
@pytest.mark.parametrize(
    ("asked", "index"),
    [({}, "event_at"), ({"who": "p7"}, "event_who"), ({"what": "k3.done"}, "event_what"),
     ({"object_": "777"}, "event_object"), ({"address": "10.0.0.9"}, "event_address"),
     ({"who": "p7", "since": DAY}, "event_who")],
)  # fmt: skip
def test_each_search_has_its_index(db, asked, index):
    from lianfang.web.core.events import Asked, events, kinds

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_event (at, who, what, object, why, address)"
            " SELECT now() - n * interval '1 minute', 'p' || n % 97, 'k' || n % 31 || '.done',"
            " n::text, '', ('10.0.0.' || n % 200)::inet FROM generate_series(1, 200000) n"
        )
        told = events(Asked(**asked))[:100]
        sql, values = told.query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan, plan
    assert "Seq Scan" not in plan
    assert len(kinds()) >= 31
