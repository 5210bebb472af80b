"""How much somebody may do in a minute: a row that counts, changed in one statement."""

from __future__ import annotations

import math
from typing import NamedTuple

from django.db import connection

WINDOW = 60
"""Seconds."""

# The row's time is the clock's, not the transaction's: requests of one test share one.
_TAKE = """
INSERT INTO clients_pace AS pace (key, used, ends)
VALUES (%(key)s, 1, clock_timestamp() + make_interval(secs => %(window)s))
ON CONFLICT (key) DO UPDATE SET
    used = CASE WHEN pace.ends <= clock_timestamp() THEN 1 ELSE pace.used + 1 END,
    ends = CASE WHEN pace.ends <= clock_timestamp() THEN excluded.ends ELSE pace.ends END
RETURNING used, extract(epoch FROM ends - clock_timestamp())
"""


class Left(NamedTuple):
    """What is left of a minute: how many of `most`, and the seconds until it ends.

    `number` is below 0 where more was asked than is allowed.
    """

    most: int
    number: int
    wait: int


def take(key: str, *, most: int) -> Left:
    """Count one more under a key."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"key": key, "window": WINDOW})
        used, seconds = cursor.fetchone()
    return Left(most, most - used, max(math.ceil(seconds), 1))
