"""What people's forms ask for: one alert's, or those that were ticked in the queue."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lianfang.errors import InputError
from lianfang.web.alerts import selectors
from lianfang.web.alerts.addresses import alert_url, asked_of, queue_url, user_of
from lianfang.web.alerts.models import Alert, Decision
from lianfang.web.alerts.triage import By, Pick, assign_all, decide_all, snooze_all, undo_all
from lianfang.web.core.words import say
from lianfang.web.institution.models import User
from lianfang.web.institution.rights import needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from lianfang.web.alerts.triage import Done

MOST_AT_ONCE = 200
_TICK = re.compile(r"(\d{1,18})\.(\d{1,9})", re.ASCII)
STAYING = ("mine", "assigned", "woken")
"""After these one goes on with the same alert."""


@needs("alerts.decide")
@require_POST
def decide_alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Decide, assign or put off an alert, and go on to the next."""
    asked = asked_of(request)
    found = get_object_or_404(Alert, pk=alert_id)
    after = selectors.beside(asked, user_of(request), found).get("next")
    pick = _picks([f"{alert_id}.{request.POST.get('version', '')}"]) or [Pick(alert_id)]
    done = _tried(request, pick)
    if done is None or not done.done or request.POST.get("after") in STAYING:
        return redirect(alert_url(alert_id, asked))
    first = None if after else selectors.alerts(asked, user_of(request)).first()
    after = after or (first.pk if first else None)
    return redirect(alert_url(after, asked) if after else queue_url(asked))


@needs("alerts.decide")
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """The same with all that are ticked."""
    asked_of(request)
    picks = _picks(request.POST.getlist("ticked")[:MOST_AT_ONCE])
    if picks:
        _tried(request, picks)
    else:
        messages.error(request, say("nothing_ticked"))
    return redirect(f"/alerts/?{request.GET.urlencode()}")


@needs("alerts.decide")
@require_POST
def undo_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take back a decision and all that were made with it."""
    asked = asked_of(request)
    made = get_object_or_404(Decision, pk=decision_id)
    try:
        done = undo_all(decision_id=decision_id, by=By(user_of(request), request))
    except InputError:
        messages.error(request, say("not_last"))
        return redirect(alert_url(made.alert_id, asked))
    messages.success(request, _told(done, "undone", "undone_all"))
    _tell_missed(request, done)
    several = len(done.done) + len(done.missed) > 1
    return redirect(queue_url(asked) if several else alert_url(made.alert_id, asked))


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def _picks(ticked: Sequence[str]) -> list[Pick]:
    found = filter(None, map(_TICK.fullmatch, ticked))
    return [Pick(int(one[1]), int(one[2])) for one in found]


def _tried(request: HttpRequest, picks: Sequence[Pick]) -> Done | None:
    """Do it and tell what became of it; None if it can't be done."""
    try:
        done = _done(request, picks, By(user_of(request), request))
    except InputError as error:
        messages.error(request, say(_REFUSED.get(error.where, "not_possible")))
        return None
    if done.head:
        said = f"did_{request.POST.get('after', '')}"
        words = _told(done, "done_one", "done_all", deed=say(said))
        messages.success(request, words, extra_tags=f"undo-{done.head.pk}")
    _tell_missed(request, done)
    return done


_REFUSED = {"reason": "reason_needed", "until": "day_needed", "to": "cannot_take_it"}
"""What to say by the field that is wrong."""


def _done(request: HttpRequest, picks: Sequence[Pick], by: By) -> Done:
    wish = request.POST.get("after", "")
    if wish in ("mine", "assigned"):
        return assign_all(picks=picks, to=_whom(request, wish), by=by)
    if wish in ("snoozed", "woken"):
        return snooze_all(picks=picks, until=_day(request) if wish == "snoozed" else None, by=by)
    reason = request.POST.get("reason", "").replace("\0", "")
    return decide_all(picks=picks, after=wish, reason=reason, by=by)


def _whom(request: HttpRequest, wish: str) -> User | None:
    """Whom the alerts are to be given; "" is nobody."""
    told = request.POST.get("to", "")
    if wish == "mine":
        return user_of(request)
    if not told:
        return None
    found = User.objects.filter(username=told.replace("\0", "")).first()
    if found is None:
        raise InputError("no such account", where="to", do="choose one of the list")
    return found


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("until", ""))
    except ValueError as error:
        raise InputError("no day", where="until", do="choose one") from error


def _told(done: Done, one: str, several: str, **values: str) -> str:
    if len(done.done) == 1:
        return say(one, number=done.done[0].pk, **values)
    return say(several, n=len(done.done), **values)


def _tell_missed(request: HttpRequest, done: Done) -> None:
    """Somebody else was first: say who, or how many."""
    if len(done.missed) == 1:
        [alert] = done.missed
        last = alert.decisions.select_related("by").first()
        who, state = (last.by if last else "-"), say(f"state_{alert.state}")
        messages.error(request, say("missed_one", number=alert.pk, who=who, state=state))
    elif done.missed:
        messages.error(request, say("missed_all", n=len(done.missed)))
