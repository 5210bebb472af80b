"""Filters of the queue kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lianfang.errors import InputError, NotFoundError
from lianfang.privacy.tokens import personal
from lianfang.web.alerts import filters
from lianfang.web.alerts.models import SavedFilter
from lianfang.web.core.audit import record

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from lianfang.web.alerts.filters import Asked
    from lianfang.web.institution.models import User

MOST = 30
"""Filters of one person; also the most that a page shows."""


def saved_filters(user: User) -> QuerySet[SavedFilter]:
    """One's own filters, and those that colleagues share."""
    seen = SavedFilter.objects.filter(removed_at=None).filter(Q(owner=user) | Q(shared=True))
    return seen.select_related("owner")[:MOST]


def save_filter(
    *, name: str, asked: Asked, shared: bool, user: User, request: HttpRequest | None = None
) -> SavedFilter:
    """Keep a filter.

    Raises:
        InputError: no name, one with a personal value, or too many.
    """
    name = " ".join(name.replace("\0", "").split())[:40]
    if not name or personal(name):
        raise InputError("no name", where="name", do="name what it shows, and nobody")
    if SavedFilter.objects.filter(owner=user, removed_at=None).count() >= MOST:
        raise InputError("too many filters", where="name", do="remove one first")
    with transaction.atomic():
        made = SavedFilter.objects.create(
            owner=user, name=name, query=filters.query(asked), shared=shared
        )
        _record(made, "filter.save", user, request)
    return made


def remove_filter(*, number: int, user: User, request: HttpRequest | None = None) -> SavedFilter:
    """Take one's own filter away; `restore_filter` brings it back.

    Raises:
        NotFoundError: it isn't theirs, or not there.
    """
    return _set(number, user, request, removed=True)


def restore_filter(*, number: int, user: User, request: HttpRequest | None = None) -> SavedFilter:
    """Bring back a filter that was removed.

    Raises:
        NotFoundError: it isn't theirs, or there already.
    """
    return _set(number, user, request, removed=False)


def _set(number: int, user: User, request: HttpRequest | None, *, removed: bool) -> SavedFilter:
    with transaction.atomic():
        mine = SavedFilter.objects.select_for_update().filter(owner=user, pk=number)
        found = mine.filter(removed_at__isnull=removed).first()
        if found is None:
            raise NotFoundError("no such filter", where=str(number))
        found.removed_at = timezone.now() if removed else None
        found.save(update_fields=["removed_at"])
        _record(found, "filter.remove" if removed else "filter.restore", user, request)
    return found


def _record(one: SavedFilter, what: str, user: User, request: HttpRequest | None) -> None:
    record(who=user.username, what=what, object_=str(one.pk), request=request)
