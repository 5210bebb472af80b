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
    "intake_source": Access(
        staff=(*APPEND, change("name", "closed_at")), worker=(READ,), by_purpose=True
    ),
    "intake_profile": Access(
        staff=APPEND, worker=(READ,), by_purpose=True, within={"source_id": "intake_source"}
    ),
    "intake_delivery": Access(
        staff=(*APPEND, change("state", "problem", "ended_at")),
        worker=(*APPEND, change(*_PROGRESS)),
        by_purpose=True,
        within={
            "source_id": "intake_source",
            "original_id": "vault_original",
            "repairs_id": "intake_delivery",
            "archive_id": "intake_delivery",
        },
    ),
    "intake_mapping": Access(
        staff=APPEND,
        worker=APPEND,
        by_purpose=True,
        within={"delivery_id": "intake_delivery", "profile_id": "intake_profile"},
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
