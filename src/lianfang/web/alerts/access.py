from __future__ import annotations

from lianfang.web.database.access import ADD, APPEND, READ, Access, change

TABLES = {
    "alerts_alert": Access(
        staff=(READ, change("state", "reason", "decided_at", "decided_by_id")),
        worker=(READ, ADD, change("count")),
        by_purpose=True,
        within={"item_id": "intake_item"},
    ),
    "alerts_occurrence": Access(
        staff=(READ,),
        worker=APPEND,
        by_purpose=True,
        within={"alert_id": "alerts_alert", "item_id": "intake_item"},
    ),
    "alerts_decision": Access(staff=APPEND, by_purpose=True, within={"alert_id": "alerts_alert"}),
}
