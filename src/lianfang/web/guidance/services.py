"""What this institution sets for itself: every change is a row, and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from lianfang.errors import InputError
from lianfang.web.core.audit import record
from lianfang.web.guidance.models import Setting, What
from lianfang.web.guidance.shipped import feature, library

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from lianfang.web.institution.models import User

LOWEST, HIGHEST = 0.01, 0.99
_LOCK = 0x6775696465
"""Changes come one after another."""


def change(
    *,
    what: str,
    of: str,
    why: str,
    user: User,
    off: bool = False,
    clear_below: float | None = None,
    suspect_from: float | None = None,
    until: datetime | None = None,
    request: HttpRequest | None = None,
) -> Setting:
    """Set something anew; without values it is as shipped again.

    Raises:
        InputError: no reason, an end that is past, or values that can't be.
        NotFoundError: no such feature or activity.
    """
    made = Setting(
        what=what,
        of=of,
        off=off,
        clear_below=clear_below,
        suspect_from=suspect_from,
        until=until,
        why=why.strip()[:300],
        by=user,
    )
    _check(made)
    return _keep(made, "guide.set", request)


def undo(*, setting_id: int, user: User, request: HttpRequest | None = None) -> Setting:
    """Make a subject what it was before its last change.

    Raises:
        InputError: the change isn't the subject's last, or is itself an undoing.
        Setting.DoesNotExist: there is none.
    """
    with transaction.atomic():
        _lock()
        done = Setting.objects.get(pk=setting_id)
        same = Setting.objects.filter(what=done.what, of=done.of)
        last = same.first()
        if last is None or last.pk != done.pk or done.undoes_id:
            do = "look at what was set since"
            raise InputError("no longer the last change", where=str(setting_id), do=do)
        before = same.filter(pk__lt=done.pk).first()
        values = {name: getattr(before, name) for name in _VALUES} if before else {}
        made = Setting(what=done.what, of=done.of, undoes=done, why=done.why, by=user, **values)
        return _keep(made, "guide.undo", request)


_VALUES = ("off", "clear_below", "suspect_from", "until")


def _keep(made: Setting, what: str, request: HttpRequest | None) -> Setting:
    with transaction.atomic():
        _lock()
        made.save(force_insert=True)
        object_ = f"{made.pk} {made.what} {made.of}".strip()
        record(who=made.by.username, what=what, object_=object_, why=made.why, request=request)
    return made


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _check(made: Setting) -> None:
    if made.what not in What.values:
        raise InputError("nothing to set", where=made.what, do=f"use {', '.join(What.values)}")
    if not made.why:
        raise InputError("no reason", where="why", do="say why, for whoever reads it later")
    if made.until is not None and made.until <= timezone.now():
        raise InputError("an end that is past", where="until", do="name a day to come, or none")
    _CHECKS[What(made.what)](made)


def _check_switch(made: Setting) -> None:
    feature(made.of)
    _only(made, "off")


def _check_bounds(made: Setting) -> None:
    if made.of:
        library().guide(made.of)
    _only(made, "clear_below", "suspect_from")
    if (made.clear_below is None) != (made.suspect_from is None):
        raise InputError("one bound without the other", where="bounds", do="give both, or none")
    if made.clear_below is not None and made.suspect_from is not None:
        _within(made.clear_below, made.suspect_from)
        if made.clear_below > made.suspect_from:
            do = "clear ends where suspect begins, or before"
            raise InputError("bounds that cross", where="bounds", do=do)


def _check_least(made: Setting) -> None:
    if not feature(made.of).may_offend:
        do = "it speaks for a stance that doesn't offend, so no text is suspect because of it"
        raise InputError("no bound of this feature", where=made.of, do=do)
    _only(made, "suspect_from")
    if made.suspect_from is not None:
        _within(made.suspect_from)


def _within(*bounds: float) -> None:
    if not all(LOWEST <= bound <= HIGHEST for bound in bounds):
        raise InputError("no such score", where="bounds", do=f"from {LOWEST} to {HIGHEST}")


def _only(made: Setting, *mine: str) -> None:
    empty: dict[str, Any] = {"off": False, "clear_below": None, "suspect_from": None}
    for name, value in empty.items():
        if name not in mine and getattr(made, name) != value:
            raise InputError("nothing of this kind can be set here", where=name, do="leave it out")


_CHECKS = {
    What.SWITCH: _check_switch,
    What.BOUNDS: _check_bounds,
    What.LEAST: _check_least,
}
