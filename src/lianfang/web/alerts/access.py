from __future__ import annotations

from lianfang.web.database.access import ADD, APPEND, READ, Access, change

_DECIDED = ("state", "reason", "decided_at", "decided_by_id")
_WORKED = ("assigned_to_id", "snoozed_until", "version")

TABLES = {
    "alerts_alert": Access(
        staff=(READ, change(*_DECIDED, *_WORKED)),
        worker=(READ, ADD, change("count")),
        by_purpose=True,
        within={"item_id": "intake_item", "source_id": "intake_source"},
    ),
    "alerts_occurrence": Access(
        staff=(READ,),
        worker=APPEND,
        search=(READ,),
        by_purpose=True,
        within={"alert_id": "alerts_alert", "item_id": "intake_item"},
    ),
    "alerts_decision": Access(staff=APPEND, by_purpose=True, within={"alert_id": "alerts_alert"}),
    "alerts_sketch": Access(staff=APPEND, by_purpose=True, within={"alert_id": "alerts_alert"}),
    "alerts_savedfilter": Access(staff=(READ, ADD, change("removed_at"))),
}
