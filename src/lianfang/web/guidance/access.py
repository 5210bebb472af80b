from __future__ import annotations

from lianfang.web.database.access import APPEND, READ, Access

TABLES = {"guidance_setting": Access(staff=APPEND, worker=(READ,))}
