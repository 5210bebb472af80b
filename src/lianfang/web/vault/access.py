from __future__ import annotations

from lianfang.web.database.access import APPEND, Access

TABLES = {
    "vault_original": Access(staff=APPEND, worker=APPEND, by_purpose=True),
    "vault_personalvalue": Access(staff=APPEND, worker=APPEND, by_purpose=True),
}
