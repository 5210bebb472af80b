"""What people do with alerts, one or several in one go: decide, assign, put off, take back.

Each change locks its alerts, is recorded (`standing`) and stands in the audit. Whoever acts upon an
alert that another has changed since they saw it is told, and changes nothing.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from lianfang.errors import InputError
from lianfang.web.alerts.models import UNDECIDED, Alert, Decision, Deed, State
from lianfang.web.alerts.near import remember
from lianfang.web.alerts.standing import Move, Standing, carry_out, last_decisions
from lianfang.web.clients.services import announce
from lianfang.web.core.audit import record_all
from lianfang.web.institution.rights import may

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from lianfang.web.institution.models import User

LONGEST_SNOOZE = timedelta(days=366)


class Pick(NamedTuple):
    """An alert, and its version when it was looked at; None takes it as it stands."""

    alert: int
    version: int | None = None


class Done(NamedTuple):
    """What became of a wish.

    Attributes:
        head: the decision by which all of it can be taken back; None if nothing was done.
        done: alerts that were changed.
        missed: alerts left alone, as they stand: others changed them, or they are decided.
    """

    head: Decision | None
    done: list[Alert]
    missed: list[Alert]


class By(NamedTuple):
    """Who does it, and from where."""

    user: User
    request: HttpRequest | None = None


def decide_all(*, picks: Sequence[Pick], after: str, reason: str, by: By) -> Done:
    """Decide alerts; those that were put off come back.

    Raises:
        InputError: no such decision, or a rejection without a reason.
    """
    if after not in State.values:
        raise InputError("no such decision", where=after, do=f"use {', '.join(State.values)}")
    reason = reason.strip()[:300]
    if after == State.REJECTED and not reason:
        raise InputError("no reason", where="reason", do="say why the alert is wrong")

    def new(alert: Alert) -> Standing:
        return Standing(after, reason, alert.assigned_to_id, None)

    with transaction.atomic():
        done, missed = _locked(picks)
        if after not in UNDECIDED:
            remember(done)
        head = carry_out(moves=[Move(one, new(one)) for one in done], deed=Deed.DECIDE, by=by.user)
        _record(by, f"alert.{after}", done, reason)
        _announce(done)
    return Done(head, done, missed)


def assign_all(*, picks: Sequence[Pick], to: User | None, by: By) -> Done:
    """Give alerts that aren't decided to somebody, or to nobody.

    Raises:
        InputError: they may not decide alerts, or don't see the purpose of one of these.
    """
    if to and not may(to, "alerts.decide"):
        raise InputError("may not decide", where="to", do="choose somebody who may")
    with transaction.atomic():
        done, missed = _locked(picks, UNDECIDED)
        if to and any(one.purpose not in to.purposes for one in done):
            do = "choose somebody who sees the purpose of all of them"
            raise InputError("doesn't see that purpose", where="to", do=do)
        number = to.pk if to else None
        moves = [Move(one, Standing.of(one)._replace(assigned_to=number)) for one in done]
        head = carry_out(moves=moves, deed=Deed.ASSIGN, by=by.user)
        _record(by, "alert.assign", done, to.username if to else "")
    return Done(head, done, missed)


def snooze_all(*, picks: Sequence[Pick], until: date | None, by: By) -> Done:
    """Put alerts off that aren't decided, until a day begins; None brings them back.

    Raises:
        InputError: the day has begun, or is more than a year away.
    """
    today = timezone.localdate()
    if until and not today < until <= today + LONGEST_SNOOZE:
        raise InputError("no such day", where="until", do="choose one from tomorrow to a year")
    at = timezone.make_aware(datetime.combine(until, time())) if until else None
    with transaction.atomic():
        done, missed = _locked(picks, UNDECIDED)
        moves = [Move(one, Standing.of(one)._replace(snoozed_until=at)) for one in done]
        head = carry_out(moves=moves, deed=Deed.SNOOZE, by=by.user)
        _record(by, "alert.snooze", done, str(until or ""))
    return Done(head, done, missed)


def undo_all(*, decision_id: int, by: By) -> Done:
    """Take back a decision and those made with it, of the alerts that nobody changed since.

    Raises:
        InputError: none is its alert's last, or they were taken back.
        Decision.DoesNotExist: none that this session sees.
    """
    with transaction.atomic():
        first = Decision.objects.get(pk=decision_id)
        made = {one.alert_id: one for one in (first, *first.others.all())}
        alerts = _lock(list(made))
        last = last_decisions(made)
        done = [one for one in alerts if last[one.pk] == made[one.pk].pk and not first.undoes_id]
        if not done:
            do = "look at what was decided since"
            raise InputError("no longer the last decision", where=str(decision_id), do=do)
        moves = [Move(one, Standing.before(made[one.pk]), made[one.pk]) for one in done]
        head = carry_out(moves=moves, deed=Deed(first.deed), by=by.user)
        _record(by, "alert.undo", done, "")
        if first.deed == Deed.DECIDE:
            _announce(done)
    return Done(head, done, [one for one in alerts if one not in done])


def decide(
    *, alert_id: int, after: str, reason: str, user: User, request: HttpRequest | None = None
) -> Decision:
    """Decide one alert, as it stands.

    Raises:
        InputError: no such decision, or a rejection without a reason.
        Alert.DoesNotExist: none that this session sees.
    """
    picks, by = [Pick(alert_id)], By(user, request)
    return _one(decide_all(picks=picks, after=after, reason=reason, by=by))


def undo(*, decision_id: int, user: User, request: HttpRequest | None = None) -> Decision:
    """As `undo_all`; return the first of the decisions that take back."""
    return _one(undo_all(decision_id=decision_id, by=By(user, request)))


def _one(done: Done) -> Decision:
    if done.head is None:
        raise Alert.DoesNotExist
    return done.head


def _locked(
    picks: Sequence[Pick], states: Sequence[str] = tuple(State.values)
) -> tuple[list[Alert], list[Alert]]:
    """The alerts as they were seen and in such a state; and the others."""
    seen = {pick.alert: pick.version for pick in picks}
    found = _lock(list(seen))

    def as_seen(one: Alert) -> bool:
        return seen[one.pk] in (None, one.version) and one.state in states

    return [one for one in found if as_seen(one)], [one for one in found if not as_seen(one)]


def _lock(numbers: list[int]) -> list[Alert]:
    """In one order always, so that two who lock the same alerts don't wait for each other."""
    found = Alert.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    return list(found.select_related("item", "decided_by"))


def _announce(decided: Sequence[Alert]) -> None:
    of_purpose: dict[str, list[int]] = {}
    for one in decided:
        of_purpose.setdefault(one.purpose, []).append(one.pk)
    for purpose, numbers in of_purpose.items():
        announce(event="alert.decided", purpose=purpose, numbers=numbers)


def _record(by: By, what: str, alerts: Sequence[Alert], why: str) -> None:
    objects = [str(one.pk) for one in alerts]
    record_all(who=by.user.username, what=what, objects=objects, why=why, request=by.request)
