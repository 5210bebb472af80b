from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.errors import InputError

pytestmark = pytest.mark.usefixtures("place")

VALUES = {
    "queue": ["act", "protect"],
    "state": ["", "open", "snoozed", "confirmed", "rejected", "unsure"],
    "sure": ["", "yes", "no"],
    "least": ["", "0.5", "10"],
    "activity": ["", "credit-repair"],
    "source": ["", "7"],
    "kind": ["", "post", "call"],
    "platform": ["", "甲平台", "a&b=c %"],
    "who": ["", "mine", "none", "12"],
    "age": ["", "1", "7", "30", "90"],
    "since": ["", "2026-10-01", "0001-01-01"],
    "until": ["", "9999-12-31"],
    "order": ["severity", "newest", "oldest"],
}


@given(st.fixed_dictionaries({field: st.sampled_from(some) for field, some in VALUES.items()}))
def test_a_filter_comes_back_from_its_address(fields):
    from lianfang.web.alerts.filters import Asked, query, read

    asked = Asked(**fields)
    assert read(dict(parse_qsl(query(asked), keep_blank_values=True))) == asked


def test_an_address_tells_what_is_unusual_alone():
    from lianfang.web.alerts.filters import Asked, query

    assert query(Asked()) == ""
    assert query(Asked(state="", since="2026-10-01")) == "state=&from=2026-10-01"


def test_days_are_called_from_and_to():
    from lianfang.web.alerts.filters import read

    asked = read({"from": "2026-10-01", "to": "2026-10-07", "since": "x", "page": "3"})
    assert (asked.since, asked.until) == ("2026-10-01", "2026-10-07")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("queue", ""), ("state", "gone"), ("sure", "1"), ("least", "-1"), ("least", "1e9"),
        ("least", "nan"), ("source", "x"), ("source", "9" * 19), ("source", "１"), ("kind", "p"),
        ("who", "me"), ("age", "2"), ("from", "yesterday"), ("to", "2026-13-01"), ("order", "id"),
        ("activity", "\0"), ("platform", "x" * 121),
    ],
)  # fmt: skip
def test_what_no_filter_has(field, value):
    from lianfang.web.alerts.filters import read

    with pytest.raises(InputError, match="no such filter"):
        read({field: value})
