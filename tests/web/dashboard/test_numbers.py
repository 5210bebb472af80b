from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from elements import read_html

MOST_QUERIES = 12


@pytest.fixture
def ask(browser):
    """Return a function: the dashboard, counted anew or not, and what that asked."""
    from django.core.cache import caches

    def ask(role, *, anew):
        client = browser(role)
        client.get("/")
        if anew:
            caches["brief"].clear()
        with CaptureQueriesContext(connection) as made:
            answer = client.get("/dashboard/")
        queries = [one["sql"] for one in made if "SAVEPOINT" not in one["sql"]]
        numbers = read_html(answer.content.decode()).one("dl", "numbers").all("dd")
        return [int(one.text) for one in numbers], len(queries)

    return ask


def test_counting_makes_few_queries_and_again_within_a_minute_none(ask):
    sums, first = ask("compliance", anew=True)
    again, second = ask("compliance", anew=False)
    assert sums == again
    assert second + 6 == first <= MOST_QUERIES


def test_nobody_gets_the_numbers_of_other_purposes(ask, sees_all):
    all_of_it, _ = ask("compliance", anew=True)
    complaints, _ = ask("handler", anew=False)
    assert sum(all_of_it) > 0
    assert sum(complaints) == 0


def test_other_days_are_other_numbers(sees_all):
    from lianfang.web.dashboard.numbers import numbers
    from lianfang.web.dashboard.period import Days

    today = date.today()  # noqa: DTZ011
    asked = {"purposes": ["governance"], "today": today}
    now = numbers(days=Days(today, today), **asked)
    then = numbers(days=Days(date(2001, 1, 1), date(2001, 1, 2)), **asked)
    assert then.seen == []
    assert now.at <= then.at
