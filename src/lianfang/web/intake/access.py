from __future__ import annotations

from lianfang.web.database.access import ADD, APPEND, READ, Access, change

_PROGRESS = (
    "state",
    "done_row",
    "share",
    "added",
    "repeated",
    "refused",
    "suspect",
    "problem",
    "ended_at",
)

TABLES = {
    "intake_source": Access(staff=APPEND, worker=(READ,), by_purpose=True),
    "intake_delivery": Access(
        staff=APPEND,
        worker=(READ, change(*_PROGRESS)),
        by_purpose=True,
        within={"source_id": "intake_source", "original_id": "vault_original"},
    ),
    "intake_refusedrow": Access(
        staff=(READ,),
        worker=(READ, ADD),
        by_purpose=True,
        within={"delivery_id": "intake_delivery"},
    ),
    "intake_item": Access(
        staff=(READ,),
        worker=APPEND,
        search=(READ,),
        by_purpose=True,
        within={"delivery_id": "intake_delivery", "source_id": "intake_source"},
    ),
}
