"""Sources change their names, and are closed when nothing is to come from them any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from lianfang.errors import InputError
from lianfang.web.core.audit import record
from lianfang.web.intake.models import LONGEST_NAME, Source

if TYPE_CHECKING:
    from lianfang.web.institution.models import User


def rename(*, source: Source, name: str, user: User) -> None:
    """Call a source otherwise; what came from it stays with it.

    Raises:
        InputError: no name, or another source of the purpose has it.
    """
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise InputError("no name, or too long a one", where="name", do="give a short one")
    same = Source.objects.filter(name=name, purpose=source.purpose).exclude(pk=source.pk)
    if same.exists():
        raise InputError("the name is taken", where="name", do="choose another")
    source.name = name
    _save(source, "name", "source.rename", user)


def close(*, source: Source, closed: bool, user: User) -> None:
    """Take no more files of a source, or again; what came from it stays."""
    source.closed_at = timezone.now() if closed else None
    _save(source, "closed_at", "source.close" if closed else "source.open", user)


def _save(source: Source, field: str, what: str, user: User) -> None:
    with transaction.atomic():
        source.save(update_fields=[field])
        record(who=user.username, what=what, object_=str(source.pk))
