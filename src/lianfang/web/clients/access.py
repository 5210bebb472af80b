from __future__ import annotations

from lianfang.web.database.access import ADD, APPEND, READ, REMOVE, Access, change

TABLES = {
    "clients_token": Access(staff=(READ, ADD, change("revoked_at", "used_at", "used_from"))),
    "clients_pace": Access(staff=(READ, ADD, change("used", "ends")), worker=(READ, REMOVE)),
    "clients_answer": Access(
        staff=(READ, ADD, change("object", "repeated")), worker=(READ, REMOVE)
    ),
    "clients_endpoint": Access(staff=(READ, ADD, change("closed_at")), worker=(READ,)),
    "clients_notice": Access(staff=APPEND, worker=(READ, ADD, change("state"))),
    "clients_attempt": Access(staff=(READ,), worker=APPEND),
}
