"""How much somebody may do in a minute: a row that counts, changed in one statement."""

from __future__ import annotations

import math
from typing import NamedTuple

from django.db import connection

WINDOW = 60
"""Seconds."""

# The row's time is the clock's, not the transaction's: requests of one test share one.
START = f"1, clock_timestamp() + interval '{WINDOW} seconds'"
"""Of a count that begins: `used` and `ends`."""
COUNT = """
ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN pace.ends <= clock_timestamp() THEN 1 ELSE pace.used + 1 END,
    ends = CASE WHEN pace.ends <= clock_timestamp() THEN excluded.ends ELSE pace.ends END
RETURNING used, extract(epoch FROM ends - clock_timestamp()) AS wait
"""
"""Of a statement that adds a row to `clients_pace AS pace`: one more, or the first of a minute."""


class Left(NamedTuple):
    """What is left of a minute: how many of `most`, and the seconds until it ends.

    `number` is below 0 where more was asked than is allowed.
    """

    most: int
    number: int
    wait: int

    @classmethod
    def after(cls, used: int, wait: float, *, most: int) -> Left:
        """What is left when so many were counted."""
        return cls(most, most - used, max(math.ceil(wait), 1))


def take(key: str, *, most: int) -> Left:
    """Count one more under a key."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO clients_pace AS pace (key, used, ends) VALUES (%s, {START}) {COUNT}",  # noqa: S608
            [key],
        )
        return Left.after(*cursor.fetchone(), most=most)
