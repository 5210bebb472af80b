"""Pages of a filter lead through all of it, once, in each order."""

from __future__ import annotations

from itertools import chain

import pytest

from web.alerts.many import many

ROWS = 120


@pytest.fixture(scope="module")
def filled(loaded):
    with many(loaded, [("governance", f"第{n}条 征信修复广告") for n in range(ROWS)]) as place:
        yield place


@pytest.fixture
def asked(filled, sees_all):
    """Return a function: a filter of those of this test."""
    from lianfang.web.alerts.filters import Asked

    return lambda **fields: Asked(**{"activity": "credit-repair", "state": ""} | fields)


@pytest.mark.parametrize("order", ["severity", "newest", "oldest"])
def test_pages_lead_through_everything_and_back(asked, person, order):
    from lianfang.web.alerts import selectors

    asked, user = asked(order=order), person("analyst")
    whole = [one.pk for one in selectors.alerts(asked, user)]
    assert len(whole) >= ROWS
    there, page = [], selectors.page(asked, user, size=50)
    assert not page.earlier
    while True:
        there.append([one.pk for one in page.alerts])
        if not page.later:
            break
        page = selectors.page(asked, user, size=50, after=page.alerts[-1].pk)
        assert page.earlier
    assert [*chain.from_iterable(there)] == whole
    back = selectors.page(asked, user, size=50, before=there[2][0])
    assert ([one.pk for one in back.alerts], back.earlier, back.later) == (there[1], True, True)
    back = selectors.page(asked, user, size=50, before=there[1][0])
    assert ([one.pk for one in back.alerts], back.earlier) == (there[0], False)


@pytest.mark.parametrize("order", ["severity", "newest", "oldest"])
def test_beside_an_alert_are_those_of_the_list(asked, person, order):
    from lianfang.web.alerts import selectors

    asked, user = asked(order=order), person("analyst")
    whole = list(selectors.alerts(asked, user))
    for place in (0, 1, 57, len(whole) - 1):
        wanted = {}
        if place:
            wanted["before"] = whole[place - 1].pk
        if place + 1 < len(whole):
            wanted["next"] = whole[place + 1].pk
        assert selectors.beside(asked, user, whole[place]) == wanted


def test_each_order_is_what_it_says(asked, person):
    from lianfang.web.alerts import selectors

    def listed(order):
        return list(selectors.alerts(asked(order=order), person("analyst")))

    surest = [(one.sure, one.score) for one in listed("severity")]
    assert surest == sorted(surest, reverse=True)
    newest = [one.made_at for one in listed("newest")]
    assert newest == sorted(newest, reverse=True)
    assert [one.made_at for one in listed("oldest")] == newest[::-1]


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"sure": "yes"}, lambda one: one.sure),
        ({"sure": "no"}, lambda one: not one.sure),
        ({"least": "0.7"}, lambda one: one.score >= 0.7),
        ({"kind": "call"}, lambda one: one.kind == "call"),
        ({"platform": "甲平台"}, lambda one: one.platform == "甲平台"),
        ({"state": "open"}, lambda one: one.state == "open"),
        ({"who": "none"}, lambda one: one.assigned_to is None),
        ({"who": "mine"}, lambda one: False),
        ({"source": "0"}, lambda one: False),
    ],
)
def test_each_filter_keeps_what_fits(asked, person, fields, fits):
    from lianfang.web.alerts import selectors

    user = person("analyst")
    whole = {one.pk for one in selectors.alerts(asked(), user) if fits(one)}
    assert {one.pk for one in selectors.alerts(asked(**fields), user)} == whole


def test_days_and_ages(asked, person):
    from django.utils import timezone

    from lianfang.web.alerts import selectors

    user = person("analyst")
    whole = list(selectors.alerts(asked(order="newest"), user))
    oldest = timezone.localtime(whole[-1].made_at).date()
    on_it = [one.pk for one in whole if timezone.localtime(one.made_at).date() == oldest]
    day = oldest.isoformat()
    found = selectors.alerts(asked(order="newest", since=day, until=day), user)
    assert [one.pk for one in found] == on_it
    assert 0 < len(on_it) < len(whole)
    now = timezone.now()
    recent = [one.pk for one in whole if (now - one.made_at).total_seconds() < 86_400]
    assert [one.pk for one in selectors.alerts(asked(order="newest", age="1"), user)] == recent
    assert len(selectors.alerts(asked(until="9999-12-31"), user)) == len(whole)


def test_nobody_counts_further_than_is_shown(asked, monkeypatch):
    from lianfang.web.alerts import selectors
    from lianfang.web.alerts.counted import counted

    monkeypatch.setattr(selectors, "MOST_COUNTED", 100)
    assert selectors.counts()["act", "open"] == 101
    assert (counted(101), counted(100)) == ("100+", "100")


def test_those_to_whom_an_alert_can_go(sees_all):
    from lianfang.web.alerts.selectors import deciders

    def names(*purposes):
        return {one.username for one in deciders(purposes)}

    assert names("governance") == {"analyst", "reviewer", "compliance"}
    assert names("complaints") == {"compliance"}
    assert names() == set()
