from __future__ import annotations

from lianfang.web.database.access import APPEND, READ, Access

TABLES = {
    "dashboard_sighting": Access(
        staff=(READ,), worker=APPEND, by_purpose=True, within={"alert_id": "alerts_alert"}
    )
}
