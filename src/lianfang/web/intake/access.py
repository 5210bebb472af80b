from __future__ import annotations

from lianfang.web.database.access import ADD, APPEND, CHANGE, READ, Access

TABLES = {
    "intake_source": Access(staff=APPEND, worker=(READ,), by_purpose=True),
    "intake_delivery": Access(staff=APPEND, worker=(READ, CHANGE), by_purpose=True),
    "intake_refusedrow": Access(staff=(READ,), worker=(READ, ADD), by_purpose=True),
    "intake_item": Access(staff=(READ,), worker=APPEND, by_purpose=True),
}
