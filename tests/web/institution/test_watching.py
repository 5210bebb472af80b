"""Unusual reading, and who is told of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps

from elements import read_html
from site_urls import marked

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
def read(db):
    """Return a function: somebody read so many values, so many hours before now."""
    events = apps.get_model("core.Event").objects

    def read(who, count, hours=0.0, what="value.reveal"):
        at = NOW - timedelta(hours=hours)
        new = [events.model(who=who, what=what, object="1", at=at) for _ in range(count)]
        for one in new:
            one._meta.get_field("at").auto_now_add = False
        try:
            events.bulk_create(new)
        finally:
            events.model._meta.get_field("at").auto_now_add = True

    return read


@pytest.fixture
def found(db):
    """Return a function: what is unusual now about somebody's readings."""
    from lianfang.web.institution.models import Alarm
    from lianfang.web.institution.watching import unusual

    def found(who="reviewer", kind=Alarm.Kind.REVEALS):
        told = unusual(who=who, kind=kind, now=NOW)
        return (told.read, told.limit, str(told.ground)) if told else None

    return found


def days(read, who, counts):
    """So many readings on each of the days before."""
    for number, count in enumerate(counts):
        read(who, count, hours=24 * (number + 2))


def test_an_hour_and_a_day_have_ceilings(read, found):
    read("reviewer", 40, hours=0.5)
    assert found() is None
    read("reviewer", 1, hours=0.2)
    assert found() == (41, 40, "hour")
    read("handler", 150, hours=5)
    assert found("handler") is None
    read("handler", 1, hours=0.1)
    assert found("handler") == (151, 150, "day")


def test_readings_are_held_against_the_persons_own_past(read, found):
    days(read, "reviewer", [4, 5, 3, 6, 4])
    read("reviewer", 15, hours=2)
    assert found() is None
    read("reviewer", 1, hours=1.5)
    assert found() == (16, 15, "own-past")


def test_who_has_no_past_is_held_against_others_of_the_role(read, found, person):
    colleague = person("analyst")
    colleague.role = "reviewer"
    colleague.save()
    days(read, "analyst", [4, 5, 3, 6, 4])
    days(read, "handler", [30] * 9)
    read("reviewer", 16, hours=2)
    assert found() == (16, 15, "role-past")


def test_few_are_never_unusual_and_without_any_past_the_ceilings_stand(read, found):
    read("reviewer", 30, hours=2)
    assert found() is None
    days(read, "handler", [1] * 9)
    read("handler", 10, hours=2)
    assert found("handler") is None
    read("handler", 1, hours=2)
    assert found("handler") == (11, 10, "own-past")


def test_what_is_long_past_and_what_others_do_does_not_count(read, found):
    read("reviewer", 200, hours=24.5)
    read("handler", 200, hours=0.1)
    assert found() is None


def test_exports_have_limits_of_their_own(read, found):
    from lianfang.web.institution.models import Alarm

    read("auditor", 3, hours=0.1, what="audit.export")
    read("auditor", 2, hours=0.1, what="thing.export")
    assert found("auditor", Alarm.Kind.EXPORTS) is None
    read("auditor", 1, hours=0.1, what="audit.export")
    assert found("auditor", Alarm.Kind.EXPORTS) == (6, 5, "hour")
    assert found("auditor") is None


@pytest.fixture
def value(loaded):
    """The path of a personal value that reviewers see."""
    from postgres import numbers_of

    return marked()["reveal"].filled(numbers_of(loaded, "governance"))


def test_many_values_read_through_the_pages_reach_the_compliance_officer(browser, value):
    alarms = apps.get_model("institution.Alarm").objects
    officer, client = browser("compliance"), browser("reviewer")
    for number in range(41):
        assert not alarms.exists(), number
        client.post(value, {"why": "because of the case"})
    alarm = alarms.get()
    assert (alarm.kind, alarm.who, alarm.count) == ("reveals", "reviewer", 41)
    client.post(value, {"why": "because of the case"})
    assert alarms.count() == 1, "not each further one is an alarm"
    assert read_html(officer.get("/").content.decode()).one("b", cls="count").text.startswith("1")
    assert "41" in officer.get("/audit/alarms/").content.decode()
    assert client.get("/audit/alarms/").status_code == 404
    answer = f"/audit/alarms/{alarm.pk}/"
    assert officer.post(answer, {"note": ""}).status_code == 302
    assert not apps.get_model("institution.AlarmAnswer").objects.exists()
    officer.post(answer, {"note": "a campaign of last week, agreed"})
    assert alarm.answer.note == "a campaign of last week, agreed"
    assert not read_html(officer.get("/").content.decode()).all("b", cls="count")
    officer.post(answer, {"note": "once more, and differently"})
    assert apps.get_model("institution.AlarmAnswer").objects.count() == 1


def test_twice_as_many_are_an_alarm_again(browser, value, read):
    from lianfang.web.institution.watching import watch

    alarms = apps.get_model("institution.Alarm").objects
    for number in range(82):
        apps.get_model("core.Event").objects.create(who="reviewer", what="value.reveal", object="1")
        watch(number=number, who="reviewer", what="value.reveal")
    assert sorted(alarms.values_list("count", flat=True)) == [41, 82]


def test_nobody_answers_an_alarm_about_oneself(browser, db):
    alarm = apps.get_model("institution.Alarm").objects.create(
        kind="exports", ground="day", who="compliance", count=16, limit=15, event=1
    )
    officer = browser("compliance")
    officer.post(f"/audit/alarms/{alarm.pk}/", {"note": "that was me, all is well"})
    assert not apps.get_model("institution.AlarmAnswer").objects.exists()
    page = read_html(officer.get("/audit/alarms/").content.decode())
    assert not page.one("main").all("form")


def test_an_alarm_is_added_to_and_never_changed(loaded):
    import psycopg

    from postgres import session

    for table in ("institution_alarm", "institution_alarmanswer"):
        for said in (f"UPDATE {table} SET id = 1", f"DELETE FROM {table}"):  # noqa: S608
            with (
                session(loaded, "staff") as staff,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                staff.execute(said)
