"""Arrays arrive as they were given."""

from __future__ import annotations

import numpy as np
import pytest
from psycopg import sql

GIVEN = {
    "text": ["征信", "", 'a"b\\c{},', "NULL", "𠮷"],
    "bytea": [b"", b"\x00\xff", b"abc"],
    "integer": [0, -(2**31), 2**31 - 1],
    "bigint": [0, -(2**63), 2**63 - 1],
    "double precision": [0.0, -1.5, 1e300],
    "boolean": [True, False],
}


@pytest.mark.parametrize("type_", GIVEN)
@pytest.mark.parametrize("more", [[], [None]])
def test_values_come_back(place, type_, more):
    from lianfang.web.database.rows import ask, packed

    values = [*GIVEN[type_], *more]
    query = sql.SQL(f"SELECT * FROM unnest(%b::{type_}[]) WITH ORDINALITY ORDER BY 2")  # noqa: S608
    assert [one for one, _ in ask(query, [packed(type_, values)])] == values


def test_integers_of_numpy(place):
    from lianfang.web.database.packed import packed_integers
    from lianfang.web.database.rows import ask

    values = np.array([5, -7, 2**31 - 1], np.int32)
    [(found,)] = ask(sql.SQL("SELECT %b::integer[]"), [packed_integers(values)])
    assert found == values.tolist()


def test_nothing(place):
    from lianfang.web.database.rows import ask, packed

    assert ask(sql.SQL("SELECT unnest(%b::text[])"), [packed("text", [])]) == []


def test_another_type_is_refused(place):
    from lianfang.web.database.rows import packed

    with pytest.raises(KeyError):
        packed("date", [])
