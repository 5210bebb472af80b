"""Decided alerts whose texts are nearly that of another: "rejected before", "confirmed before".

Near are texts whose folded 5-grams overlap by a Jaccard index of 0.5: of a text of forty characters
two words may differ, of a longer one more. That is a little less than `text.alike` asks for: a hint
that isn't needed costs a glance, and one that is missing a second decision. Candidates are found by
MinHash (Broder, "On the resemblance and containment of documents", 1997): 60 minima in 20 bands of
3. Two texts that overlap by j share a band with probability 1 - (1 - j**3)**20: 93 % at 0.5, 99 %
at 0.6, 15 % at 0.2. Those that share most are compared. A decided alert keeps its bands, so that
looking costs one question of an index, however many there are. Only alerts of the same purpose are
compared.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np
from django.db import connection

from lianfang.text.alike import grams, jaccard
from lianfang.web.alerts.models import Alert, Sketch
from lianfang.web.intake.screening import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

BANDS, ROWS = 20, 3
ENOUGH = 0.5
LATEST = 5
"""Decided alerts of each band that are candidates: of a wave of thousands the last will do."""

_CANDIDATES = """
SELECT found.alert_id
FROM unnest(%s::bigint[]) AS asked (band)
CROSS JOIN LATERAL (
    SELECT s.alert_id FROM alerts_sketch s JOIN alerts_alert a ON a.id = s.alert_id
    WHERE s.band = asked.band AND s.purpose = %s AND s.alert_id <> %s
      AND a.state IN ('confirmed', 'rejected')
    ORDER BY s.alert_id DESC LIMIT %s
) found
GROUP BY 1 ORDER BY count(*) DESC, 1 DESC LIMIT %s
"""


class Near(NamedTuple):
    """A decided alert, and how much its text and another overlap, 0 to 1."""

    alert: Alert
    share: float


def remember(alerts: Iterable[Alert]) -> None:
    """Keep what the texts of alerts look like that are decided now."""
    told = list(alerts)
    Sketch.objects.bulk_create(
        (
            Sketch(purpose=one.purpose, alert=one, band=band)
            for one, bands in zip(told, sketches([one.item.text for one in told]), strict=True)
            for band in bands
        ),
        ignore_conflicts=True,
    )


def decided_before(alert: Alert, *, most: int) -> list[Near]:
    """The decided alerts that are near to one, the nearest first; three times as many are compared.

    Args:
        alert: with its item.
        most: so many at most.
    """
    numbers = _candidates(alert, 3 * most)
    chosen = Alert.objects.filter(pk__in=numbers).select_related("item", "decided_by")
    found = list(chosen.defer("item__verdict", "item__said", "item__bigrams"))
    mine, *theirs = grams([fold(one.item.text) for one in (alert, *found)])
    shares = [Near(one, jaccard(mine, other)) for one, other in zip(found, theirs, strict=True)]
    near = [one for one in shares if one.share >= ENOUGH]
    return sorted(near, key=lambda one: (-one.share, -one.alert.pk))[:most]


def sketches(texts: Sequence[str]) -> list[list[int]]:
    """The bands of each text."""
    return [_bands(some) for some in grams([fold(text) for text in texts])]


def _candidates(alert: Alert, most: int) -> list[int]:
    """The decided alerts that share most bands with one."""
    [bands] = sketches([alert.item.text])
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, [bands, alert.purpose, alert.pk, LATEST, most])
        return [number for (number,) in cursor.fetchall()]


def _bands(some: frozenset[str]) -> list[int]:
    hashed = np.fromiter((crc32(gram.encode()) for gram in some), np.uint64, len(some))
    factors, terms = _parameters()
    minima = ((hashed[:, None] * factors + terms) >> np.uint64(32)).min(axis=0)
    rows = minima.reshape(BANDS, ROWS)
    return [_digest(number, row.tobytes()) for number, row in enumerate(rows)]


@cache
def _parameters() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Of multiply-shift hashes: fixed for good, since sketches are kept."""
    made = b"".join(blake2b(b"%d" % n, digest_size=16).digest() for n in range(BANDS * ROWS))
    read = np.frombuffer(made, "<u8").reshape(-1, 2)
    return read[:, 0] | np.uint64(1), read[:, 1]


def _digest(number: int, row: bytes) -> int:
    made = blake2b(row, digest_size=8, key=b"%d" % number).digest()
    return int.from_bytes(made, "little", signed=True)
