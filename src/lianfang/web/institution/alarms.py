"""Alarms to the compliance officer, raised and answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from lianfang.errors import NotFoundError
from lianfang.web.core.audit import record
from lianfang.web.core.models import Event
from lianfang.web.institution.models import Alarm, AlarmAnswer
from lianfang.web.institution.refusals import RefusedError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lianfang.web.institution.models import User

LEAST_NOTE, MOST_NOTE = 4, 500
KEYS = ("account.reset-password", "account.reset-factor")
"""Whoever does both to an account within a day can come in as its owner."""


def alarm_of_own_purposes(*, who: str, event: int) -> None:
    """Somebody gave himself purposes."""
    Alarm.objects.create(kind=Alarm.Kind.OWN_PURPOSES, who=who, event=event)


def alarm_if_keys_taken(user: User, *, event: int, by: str) -> None:
    """Somebody reset both the password and the second factor of one account."""
    since = timezone.now() - timedelta(days=1)
    done = Event.objects.filter(object=str(user.pk), what__in=KEYS, at__gt=since)
    if set(done.values_list("what", flat=True)) == set(KEYS):
        Alarm.objects.create(kind=Alarm.Kind.KEYS_TAKEN, who=by, event=event)


def open_alarms() -> QuerySet[Alarm]:
    """Those that nobody has answered."""
    return Alarm.objects.filter(answer=None)


def answer_alarm(*, number: int, user: User, note: str) -> None:
    """Tell what an alarm was about; nobody answers one about oneself.

    Raises:
        InputError: no note, an alarm about oneself, or one that is answered.
        NotFoundError: no such alarm.
    """
    note = note.strip()
    if not LEAST_NOTE <= len(note) <= MOST_NOTE:
        do = f"say what you found out, in {LEAST_NOTE} to {MOST_NOTE} characters"
        raise RefusedError("note_needed", "no note", where="note", do=do)
    alarm = Alarm.objects.filter(pk=number).first()
    if alarm is None:
        raise NotFoundError("no such alarm", where=str(number))
    if alarm.who == user.username:
        do = "leave it to another"
        raise RefusedError("not_about_oneself", "about oneself", where=str(number), do=do)
    try:
        with transaction.atomic():
            AlarmAnswer.objects.create(alarm=alarm, by=user, note=note)
            record(who=user.username, what="alarm.answer", object_=str(number), why=note)
    except IntegrityError:
        do = "reload the page"
        raise RefusedError("answered_before", "answered", where=str(number), do=do) from None
