"""The page that searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from lianfang.web.alerts.addresses import alert_url
from lianfang.web.alerts.filters import Asked
from lianfang.web.alerts.searching import Found, PersonalError, TooShortError, checked, search
from lianfang.web.core.words import say
from lianfang.web.institution.rights import needs
from lianfang.web.intake.showing import around, marked

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE = 30
AROUND = 60
LONGEST_NUMBER = 18


@needs("alerts.see")
def search_items(request: HttpRequest) -> HttpResponse:
    """Items by what they say; what is sent is looked at before it comes into an address."""
    if request.method == "POST":
        return _sent(request)
    asked, alerts_only = request.GET.get("q", ""), "alerts" in request.GET
    told: dict[str, Any] = {"q": asked, "alerts_only": alerts_only, "rows": []}
    if asked:
        told |= _answer(asked, request.GET.get("before", ""), alerts_only=alerts_only)
    return render(request, "alerts/search.html", told)


def _sent(request: HttpRequest) -> HttpResponse:
    try:
        said = {"q": checked(request.POST.get("q", ""))}
    except (TooShortError, PersonalError) as error:
        messages.error(request, _refused(error))
        return redirect("search")
    said |= {"alerts": "1"} if "alerts" in request.POST else {}
    return redirect(f"{reverse('search')}?{urlencode(said)}")


def _answer(asked: str, before: str, *, alerts_only: bool) -> dict[str, Any]:
    fits = before.isascii() and before.isdecimal() and len(before) <= LONGEST_NUMBER
    last = int(before) if fits else None
    try:
        found = search(asked, alerts_only=alerts_only, size=PAGE + 1, before=last)
    except (TooShortError, PersonalError) as error:
        return {"q": "", "problem": _refused(error)}
    rows = [_row(one) for one in found[:PAGE]]
    return {"rows": rows, "last": rows[-1]["item"].pk if len(found) > PAGE else 0}


def _refused(error: TooShortError | PersonalError) -> str:
    return say("search_personal" if isinstance(error, PersonalError) else "search_two")


def _row(one: Found) -> dict[str, Any]:
    alert = one.occurrence.alert if one.occurrence else None
    return {
        "item": one.item,
        "text": marked(around(one.item.text, one.spans, AROUND)),
        "kind": say(f"kind_{one.item.source.kind}"),
        "stance": say(f"stance_{one.item.stance}"),
        "alert": alert,
        "state": say(f"state_{alert.state}") if alert else "",
        "url": alert_url(alert.pk, Asked(queue=alert.queue, state="")) if alert else "",
    }
