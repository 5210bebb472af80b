"""What an administrator does to accounts: each change has a reason and is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q

from lianfang.errors import NotFoundError
from lianfang.web.core.audit import record
from lianfang.web.institution.alarms import alarm_if_keys_taken, alarm_of_own_purposes
from lianfang.web.institution.models import Role, User
from lianfang.web.institution.passwords import first_password
from lianfang.web.institution.refusals import RefusedError
from lianfang.web.institution.services import chosen_purposes
from lianfang.web.institution.sessions import end_sessions

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_REASON, MOST_REASON = 4, 300


class Act(NamedTuple):
    """Who changes an account, and why.

    Attributes:
        by: name of the administrator's account, or of the command.
        why: the reason, of four characters at least.
    """

    by: str
    why: str


def change_rights(*, user_id: int, role: str, purposes: Iterable[str] | None, act: Act) -> User:
    """Give an account another role, other purposes (None: the usual of the role), or both.

    Raises:
        InputError: no reason; role or purpose unknown; one's own role; the last administrator's.
        NotFoundError: no such account.
    """
    chosen = chosen_purposes(role, purposes)
    with transaction.atomic():
        user = _locked(user_id, act)
        before = _rights(user)
        if role != user.role:
            _not_oneself(user, act)
            _not_the_last(user)
        more = set(chosen) - set(user.purposes)
        user.role, user.purposes = role, chosen
        user.save(update_fields=["role", "purposes"])
        event = _record(user, "account.rights", act, f"{before} → {_rights(user)}")
        if more and user.username == act.by:
            alarm_of_own_purposes(who=act.by, event=event)
    return user


def set_active(*, user_id: int, active: bool, act: Act) -> User:
    """Let somebody in again, or keep somebody out, whose sessions end at once.

    Raises:
        InputError: no reason; oneself; the last administrator.
        NotFoundError: no such account.
    """
    with transaction.atomic():
        user = _locked(user_id, act)
        if not active:
            _not_oneself(user, act)
            _not_the_last(user)
            end_sessions(user)
        user.is_active = active
        user.save(update_fields=["is_active"])
        _record(user, "account.enable" if active else "account.disable", act)
    return user


def reset_factor(*, user_id: int, act: Act) -> User:
    """Forget somebody's second factors and where else the person signs in; sessions end.

    Raises:
        InputError: no reason; oneself.
        NotFoundError: no such account.
    """
    with transaction.atomic():
        user = _locked(user_id, act)
        _not_oneself(user, act)
        Authenticator.objects.filter(user=user).delete()
        SocialAccount.objects.filter(user=user).delete()
        end_sessions(user)
        alarm_if_keys_taken(user, event=_record(user, "account.reset-factor", act), by=act.by)
    return user


def reset_password(*, user_id: int, act: Act) -> tuple[User, str]:
    """Give somebody a new first password, which is told once; sessions end.

    Raises:
        InputError: no reason; oneself.
        NotFoundError: no such account.
    """
    password = first_password()
    with transaction.atomic():
        user = _locked(user_id, act)
        _not_oneself(user, act)
        user.set_password(password)
        user.must_change_password = True
        user.save(update_fields=["password", "must_change_password"])
        end_sessions(user)
        alarm_if_keys_taken(user, event=_record(user, "account.reset-password", act), by=act.by)
    return user, password


def end_all_sessions(*, user_id: int, act: Act) -> int:
    """Sign somebody out everywhere; return of how many sessions.

    Raises:
        InputError: no reason.
        NotFoundError: no such account.
    """
    with transaction.atomic():
        user = _locked(user_id, act)
        ended = end_sessions(user)
        _record(user, "account.end-sessions", act, str(ended))
    return ended


def _locked(user_id: int, act: Act) -> User:
    """The account, once the reason is one; two who remove the last two administrators queue up."""
    if not LEAST_REASON <= len(act.why.strip()) <= MOST_REASON:
        do = f"say why, in {LEAST_REASON} to {MOST_REASON} characters"
        raise RefusedError("reason_needed", "no reason", where="why", do=do)
    wanted = User.objects.filter(Q(pk=user_id) | Q(role=Role.ADMINISTRATOR))
    found = {user.pk: user for user in wanted.select_for_update().order_by("pk")}
    if user_id not in found:
        raise NotFoundError("no such account", where=str(user_id))
    return found[user_id]


def _not_oneself(user: User, act: Act) -> None:
    if user.username == act.by:
        do = "ask another administrator"
        raise RefusedError("not_oneself", "one's own account", where=act.by, do=do)


def _not_the_last(user: User) -> None:
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    if user.role == Role.ADMINISTRATOR and user.is_active and not others.exists():
        do = "make another administrator first"
        raise RefusedError("last_administrator", "the last one", where=user.username, do=do)


def _rights(user: User) -> str:
    return f"{user.role}: {','.join(user.purposes)}"


def _record(user: User, what: str, act: Act, told: str = "") -> int:
    why = "; ".join(filter(None, (told, act.why.strip())))
    return record(who=act.by, what=what, object_=str(user.pk), why=why[:500])
