from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lianfang.web.database.access import Access

TABLES: dict[str, Access] = {}
