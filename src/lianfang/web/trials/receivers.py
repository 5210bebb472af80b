from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.dispatch import receiver

from lianfang.web.alerts.signals import alerts_raised

if TYPE_CHECKING:
    from collections.abc import Sequence

_REMEMBER = """
INSERT INTO trials_firing (purpose, alert_id, feature)
SELECT a.purpose, a.id, hit ->> 'id'
FROM alerts_alert a
JOIN intake_item i ON i.id = a.item_id
CROSS JOIN LATERAL jsonb_array_elements(i.verdict -> 'features') AS hit
WHERE a.id = ANY(%s)
ON CONFLICT DO NOTHING
"""


@receiver(alerts_raised)
def remember_firings(alerts: Sequence[int], **_: Any) -> None:  # noqa: ANN401
    """Which features fired in alerts."""
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, [list(alerts)])
