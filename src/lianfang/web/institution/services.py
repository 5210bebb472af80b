"""Accounts made and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from lianfang.errors import InputError
from lianfang.web.core.audit import record
from lianfang.web.institution.models import Role, User
from lianfang.web.institution.purposes import ALL_PURPOSES, Purpose

if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL: dict[str, tuple[str, ...]] = {
    Role.ANALYST: (Purpose.GOVERNANCE, Purpose.FRAUD),
    Role.REVIEWER: (Purpose.GOVERNANCE, Purpose.FRAUD),
    Role.HANDLER: (Purpose.COMPLAINTS,),
    Role.COMPLIANCE: ALL_PURPOSES,
    Role.ADMINISTRATOR: (),
    Role.AUDITOR: ALL_PURPOSES,
}
"""Purposes that an account of a role gets where none are named."""


def add_user(
    *,
    username: str,
    password: str,
    role: str,
    by: str,
    purposes: Iterable[str] | None = None,
    shown_name: str = "",
    email: str = "",
    must_change_password: bool = False,
) -> User:
    """Make an account.

    Args:
        username: by which the person signs in.
        password: the first.
        role: of those in `Role`.
        by: who makes it.
        purposes: whose records the person sees; by default the usual of the role.
        shown_name: what screens call the person.
        email: by which another place that signs people in may know the person.
        must_change_password: at the first sign-in.

    Raises:
        InputError: the name is taken or no name, the password too weak, role or purpose unknown.
    """
    chosen = chosen_purposes(role, purposes)
    # The door knows names without regard to case.
    if "\0" not in username and User.objects.filter(username__iexact=username).exists():
        raise InputError("the name is taken", where=username, do="choose another")
    user = User(
        username=username,
        role=role,
        purposes=chosen,
        shown_name=shown_name,
        email=email,
        must_change_password=must_change_password,
    )
    try:
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
    except ValidationError as error:
        raise InputError(" ".join(error.messages), where=username, do="choose another") from error
    with transaction.atomic():
        user.save()
        why = f"{role}: {','.join(chosen)}"
        record(who=by, what="account.add", object_=str(user.pk), why=why)
    return user


def chosen_purposes(role: str, purposes: Iterable[str] | None) -> list[str]:
    """Purposes in order, the usual ones of the role where none are named.

    Raises:
        InputError: role or purpose unknown.
    """
    if role not in Role.values:
        raise InputError("unknown role", where=role, do=f"use one of {', '.join(Role.values)}")
    chosen = sorted(USUAL[role] if purposes is None else purposes)
    unknown = set(chosen) - set(ALL_PURPOSES)
    if unknown:
        do = f"use some of {', '.join(ALL_PURPOSES)}"
        raise InputError("unknown purpose", where=", ".join(sorted(unknown)), do=do)
    return chosen
