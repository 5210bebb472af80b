"""First passwords, which are shown once, and what a new password may not be."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from lianfang.web.core.words import say

if TYPE_CHECKING:
    from lianfang.web.institution.models import User

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Those that nobody mistakes for another when they are read out."""

GROUPS, OF_SIGNS = 4, 5


def first_password() -> str:
    """A random one of 99 bits, as `7kq2m-…`; whoever gets it must change it."""
    groups = ("".join(secrets.choice(SIGNS) for _ in range(OF_SIGNS)) for _ in range(GROUPS))
    return "-".join(groups)


class AnotherPassword:
    """A validator: a new password isn't the one that is replaced."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse the present password.

        Raises:
            ValidationError: it is the present one.
        """
        # Not the account's own check, which may write a stronger digest of the old password.
        if user and user.password and check_password(password, user.password):
            raise ValidationError(say("same_password"), code="same_password")

    def get_help_text(self) -> str:
        return say("same_password")
