"""The demo's month as it would look had it been lived: texts that came day by day, and decisions.

The demo takes the whole month in at once. What came is dated back to some hours after it was
published, and its people decide most of it, by the services that the site itself calls.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from lianfang.web.institution.models import User

SHARE_DECIDED = 0.7
REASONS = ("官方活动，已向业务部门核实", "反诈宣传材料", "媒体报道", "正规机构的广告，披露齐全")
WISHES = ("confirmed",) * 14 + ("rejected",) * 4 + ("unsure",) * 2
RECEIVED = (
    """UPDATE alerts_alert a SET made_at = least(
           now(), s.published_at + interval '1 minute' * (4 + 900 * random() * random()))
       FROM dashboard_sighting s WHERE s.alert_id = a.id AND s.published_at IS NOT NULL""",
    """UPDATE dashboard_sighting s SET made_at = a.made_at
       FROM alerts_alert a WHERE a.id = s.alert_id""",
    """UPDATE intake_item i SET made_at = a.made_at FROM alerts_alert a WHERE a.item_id = i.id""",
)
DECIDED = (
    """UPDATE alerts_alert SET decided_at = least(
           now(), made_at + interval '1 minute' * (10 + 2800 * random() * random()))
       WHERE decided_at IS NOT NULL""",
    """UPDATE alerts_decision d SET at = a.decided_at
       FROM alerts_alert a WHERE a.id = d.alert_id AND a.decided_at IS NOT NULL""",
)


def live(administrator: str, people: list[User], seed: int) -> None:
    """Date back what came and have people decide; the same seed gives the same month.

    Args:
        administrator: how the database's administrator connects.
        people: who decide, in turn.
        seed: any whole number.
    """
    _date(administrator, RECEIVED)
    _decide(people, random.Random(seed))  # noqa: S311  a demo
    _date(administrator, DECIDED)


def _date(administrator: str, statements: tuple[str, ...]) -> None:
    with psycopg.connect(administrator) as connection:
        connection.execute("SELECT setseed(0.5)")
        for statement in statements:
            connection.execute(statement)


def _decide(people: list[User], chance: random.Random) -> None:
    from lianfang.web.alerts.models import Alert  # noqa: PLC0415  once Django is set up
    from lianfang.web.alerts.services import decide  # noqa: PLC0415
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415

    for i, user in enumerate(people):
        with seeing(user.purposes):
            numbers = list(Alert.objects.order_by("pk").values_list("pk", flat=True))
            for number in numbers[i :: len(people)]:
                if chance.random() < SHARE_DECIDED:
                    wish = chance.choice(WISHES)
                    reason = chance.choice(REASONS) if wish == "rejected" else ""
                    decide(alert_id=number, after=wish, reason=reason, user=user)
