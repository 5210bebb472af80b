from __future__ import annotations

from lianfang.web.database.access import ADD, APPEND, CHANGE, READ, Access

TABLES = {
    "institution_user": Access(staff=(READ, ADD, CHANGE), worker=(READ,)),
    "institution_alarm": Access(staff=APPEND),
    "institution_alarmanswer": Access(staff=APPEND),
    "institution_user_groups": Access(staff=(READ,)),
    "institution_user_user_permissions": Access(staff=(READ,)),
}
