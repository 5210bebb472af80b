"""A filter of the queue, as an address tells it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.utils.http import urlencode

from lianfang.errors import InputError
from lianfang.web.alerts.models import Queue, State
from lianfang.web.intake.models import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SNOOZED = "snoozed"
STATES = (State.OPEN.value, SNOOZED, *(one.value for one in State if one is not State.OPEN))
"""States as people see them: what was put off is apart from what is open."""

ORDERS = ("severity", "newest", "oldest")
AGES = ("1", "7", "30", "90")
"""Days."""

MINE, NOBODY = "mine", "none"
LONGEST = 120
_NAMES = {"since": "from", "until": "to"}
"""Of fields whose names in addresses are words of Python."""


class Asked(NamedTuple):
    """A filter of the queue; "" asks for all.

    Attributes:
        sure: `yes` suspect, `no` to be looked at.
        least: score.
        who: `mine`, `none` or the number of whom it is assigned to.
        age: raised within so many days.
        since, until: days of raising, both included; in addresses `from` and `to`.
    """

    queue: str = Queue.ACT.value
    state: str = State.OPEN.value
    sure: str = ""
    least: str = ""
    activity: str = ""
    source: str = ""
    kind: str = ""
    platform: str = ""
    who: str = ""
    age: str = ""
    since: str = ""
    until: str = ""
    order: str = ORDERS[0]


def read(given: Mapping[str, str]) -> Asked:
    """A filter from an address.

    Raises:
        InputError: a value that no filter has.
    """
    fields = {field: given.get(_NAMES.get(field, field)) for field in Asked._fields}
    asked = Asked(**{field: value for field, value in fields.items() if value is not None})
    for field, value in asked._asdict().items():
        if not _fits(field, value):
            raise InputError("no such filter", where=field, do="choose it on the page of the queue")
    return asked


def query(asked: Asked) -> str:
    """A filter as addresses tell it, what is usual left out."""
    usual = Asked()._asdict()
    told = {_NAMES.get(key, key): value for key, value in asked._asdict().items()
            if value != usual[key]}  # fmt: skip
    return urlencode(told)


def _fits(field: str, value: str) -> bool:
    if "\0" in value or len(value) > LONGEST:
        return False
    return field not in _RULES or _RULES[field](value)


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


def _like(pattern: str) -> Callable[[str], bool]:
    return lambda value: not value or re.fullmatch(pattern, value, re.ASCII) is not None


def _is_day(value: str) -> bool:
    try:
        return not value or bool(date.fromisoformat(value))
    except ValueError:
        return False


_RULES: Mapping[str, Callable[[str], bool]] = {
    "queue": _one_of(*Queue.values),
    "state": _one_of("", *STATES),
    "sure": _one_of("", "yes", "no"),
    "least": _like(r"\d{1,3}(\.\d{1,4})?"),
    "source": _like(r"\d{1,18}"),
    "kind": _one_of("", *Kind.values),
    "who": lambda value: value in (MINE, NOBODY) or _like(r"\d{1,18}")(value),
    "age": _one_of("", *AGES),
    "since": _is_day,
    "until": _is_day,
    "order": _one_of(*ORDERS),
}
