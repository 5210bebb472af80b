from __future__ import annotations

from lianfang.web.database.access import ADD, APPEND, READ, Access, change

_PROGRESS = (
    "state",
    "first_item",
    "last_item",
    "next_item",
    "total",
    "done",
    "changed",
    "fired_before",
    "fired_after",
    "problem",
    "ended_at",
)

TABLES = {
    "trials_firing": Access(
        staff=(READ,), worker=APPEND, by_purpose=True, within={"alert_id": "alerts_alert"}
    ),
    "trials_draft": Access(staff=APPEND, worker=(READ,)),
    "trials_run": Access(
        staff=(READ, ADD, change("state", "ended_at")),
        worker=(READ, change(*_PROGRESS)),
        by_purpose=True,
    ),
    "trials_change": Access(
        staff=(READ,),
        worker=APPEND,
        by_purpose=True,
        within={"run_id": "trials_run", "item_id": "intake_item"},
    ),
}
