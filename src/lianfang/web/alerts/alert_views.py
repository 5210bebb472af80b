"""The page of an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from lianfang.web.alerts import filters, selectors
from lianfang.web.alerts.acting import tomorrow
from lianfang.web.alerts.addresses import alert_url, asked_of, queue_url, user_of
from lianfang.web.alerts.models import UNDECIDED, Alert, Decision, Deed
from lianfang.web.alerts.near import decided_before
from lianfang.web.core.words import say
from lianfang.web.institution.rights import may, needs
from lianfang.web.intake.reasons import about, reasons
from lianfang.web.intake.showing import pieces, readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from lianfang.web.alerts.filters import Asked
    from lianfang.web.alerts.near import Near
    from lianfang.web.intake.models import Item

MOST_OTHERS = 50
MOST_NEAR = 5
MOST_WEIGHTS = 12


@needs("alerts.see")
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert: its text, why it is one, what was decided."""
    seen = Alert.objects.select_related("item__source", "item__delivery", "assigned_to")
    found = get_object_or_404(seen.defer("item__said", "item__bigrams"), pk=alert_id)
    asked = asked_of(request)
    beside = selectors.beside(asked, user_of(request), found)
    told = {
        "alert": found,
        "asked": asked,
        "filter": filters.query(asked),
        "back": queue_url(asked),
        "next": alert_url(beside["next"], asked) if "next" in beside else "",
        "before": alert_url(beside["before"], asked) if "before" in beside else "",
        "can_reveal": may(request.user, "values.reveal"),
        "undecided": found.state in UNDECIDED,
        "put_off": found.snoozed_until and found.snoozed_until > timezone.now(),
        "people": list(selectors.deciders([found.purpose])),
        "tomorrow": tomorrow(),
        "near": [_near(one, asked) for one in decided_before(found, most=MOST_NEAR)],
        "decisions": _decisions(found),
        **_text(found),
        **_reasons(found.item.verdict),
        **_others(found),
    }
    return render(request, "alerts/alert.html", told)


def _text(found: Alert) -> dict[str, Any]:
    return {
        "stance": say(f"stance_{found.stance}"),
        "state": say(f"state_{found.state}"),
        "account": readable(found.item.account),
        "url": readable(found.item.url),
        "pieces": pieces(found.item.text, found.item.verdict.get("features", [])),
    }


def _reasons(said: dict[str, Any]) -> dict[str, Any]:
    undone = said.get("rewritings", [])
    return {
        "reasons": reasons(said),
        "activities": about(said),
        "rewritings": [one for one in undone if any(map(str.isalnum, one["became"]))],
        "weights": said.get("weights", [])[:MOST_WEIGHTS],
        "guides": said.get("guides", {}),
    }


def _others(found: Alert) -> dict[str, Any]:
    """Items that say the same; there may be thousands."""
    if found.count <= 1:
        return {"others": []}
    others = found.occurrences.exclude(item=found.item_id).select_related("item")
    items = (one.item for one in others.defer("item__verdict", "item__bigrams")[:MOST_OTHERS])
    return {"others": [_other(item) for item in items], "more": say("same", n=found.count - 1)}


def _other(item: Item) -> tuple[str, str, str]:
    return readable(item.text), readable(item.account), item.published


def _near(one: Near, asked: Asked) -> dict[str, Any]:
    return {
        "alert": one.alert,
        "url": alert_url(one.alert.pk, asked),
        "said": say(f"before_{one.alert.state}"),
        "share": round(100 * one.share),
        "text": readable(one.alert.item.text),
    }


def _decisions(found: Alert) -> list[dict[str, Any]]:
    made = found.decisions.select_related("by", "assigned_after")
    return [{"at": one.at, "by": one.by, "said": _said(one), "reason": _why(one)} for one in made]


def _said(one: Decision) -> str:
    taken_back = say("taken_back") if one.undoes_id else ""
    if one.deed == Deed.ASSIGN:
        who = str(one.assigned_after or say("nobody"))
        return say("assigned_to", who=who) + taken_back
    if one.deed == Deed.SNOOZE:
        until = one.snoozed_after
        day = timezone.localtime(until).date() if until else None
        return (say("put_off_until", day=day) if day else say("woken")) + taken_back
    return say(f"state_{one.after}") + taken_back


def _why(one: Decision) -> str:
    return one.reason if one.deed == Deed.DECIDE else ""
