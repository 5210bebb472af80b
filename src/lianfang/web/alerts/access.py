from __future__ import annotations

from lianfang.web.database.access import ADD, APPEND, CHANGE, READ, Access

TABLES = {
    "alerts_alert": Access(staff=(READ, CHANGE), worker=(READ, ADD, CHANGE), by_purpose=True),
    "alerts_occurrence": Access(staff=(READ,), worker=APPEND, by_purpose=True),
    "alerts_decision": Access(staff=APPEND, by_purpose=True),
}
