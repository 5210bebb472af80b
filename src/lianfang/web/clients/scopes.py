"""What a token may be allowed, and the right that its maker needs for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.web.institution.rights import may

if TYPE_CHECKING:
    from lianfang.web.institution.models import User

SCOPES: dict[str, str] = {
    "screen": "clients.manage",
    "intake.write": "intake.add",
    "intake.read": "intake.see",
    "alerts.read": "alerts.see",
    "alerts.decide": "alerts.decide",
}
"""Screening reads and keeps nothing, so that whoever may make tokens may allow it."""


def scopes_of(user: User) -> list[str]:
    """The scopes that somebody may give: none that he couldn't use himself."""
    return [scope for scope, right in SCOPES.items() if may(user, right)]
