from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from lianfang.errors import InputError
from lianfang.guides.library import Library
from lianfang.report.guidance import guide_name
from lianfang.report.reasons import in_english
from lianfang.web.alerts import selectors
from lianfang.web.alerts.models import Alert, Decision, Queue, State
from lianfang.web.alerts.precision import precisions
from lianfang.web.alerts.selectors import Asked
from lianfang.web.alerts.services import decide, undo
from lianfang.web.alerts.showing import pieces, readable, side_of
from lianfang.web.core.words import language, say
from lianfang.web.institution.rights import may, needs
from lianfang.web.intake.models import Item, Kind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from lianfang.report.reasons import Said
    from lianfang.web.alerts.precision import Precision
    from lianfang.web.institution.models import User

PAGE = 50
EXCERPT = 160


@needs("home")
def home(request: HttpRequest) -> HttpResponse:
    """Where everybody begins: what waits."""
    counts = selectors.counts()
    boards = [
        (queue, say(f"queue_{queue}"), counts.get((queue, State.OPEN), 0), _states(counts, queue))
        for queue in Queue.values
    ]
    return render(request, "alerts/home.html", {"boards": boards})


@needs("alerts.see")
def queue(request: HttpRequest) -> HttpResponse:
    """The alerts of a filter."""
    asked = _asked(request)
    page = Paginator(selectors.alerts(asked), PAGE).get_page(request.GET.get("page"))
    told = {
        "asked": asked,
        "page": page,
        "rows": [_row(alert, asked) for alert in page],
        "activities": [
            (name, _named(name), number) for name, number in selectors.activities(asked.queue)
        ],
        "queues": [(one, say(f"queue_{one}")) for one in Queue.values],
        "states": [(one, say(f"state_{one}")) for one in State.values],
        "kinds": [(one, say(f"kind_{one}")) for one in Kind.values],
    }
    return render(request, "alerts/queue.html", told)


@needs("alerts.see")
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert: its text, why it is one, what was decided."""
    found = get_object_or_404(
        Alert.objects.select_related("item__source", "item__delivery", "decided_by"), pk=alert_id
    )
    asked, said = _asked(request), found.item.verdict
    after = selectors.following(asked, found)
    others = found.occurrences.exclude(item=found.item).select_related("item")[:PAGE]
    told = {
        "alert": found,
        "account": readable(found.item.account),
        "url": readable(found.item.url),
        "asked": asked,
        "filter": urlencode(asked._asdict()),
        "next": _url(after, asked) if after else "",
        "pieces": pieces(found.item.text, said.get("features", [])),
        "reasons": [_reason(hit) for hit in said.get("features", [])],
        "activities": [
            (_named(one["id"]), round(100 * one["score"])) for one in said.get("activities", [])
        ],
        "rewritings": [
            one for one in said.get("rewritings", []) if any(map(str.isalnum, one["became"]))
        ],
        "weights": said.get("weights", [])[:12],
        "guides": said.get("guides", {}),
        "others": [_other(one.item) for one in others],
        "more": say("same", n=found.count - 1),
        "decisions": [_decision(one) for one in found.decisions.select_related("by")],
        "can_reveal": may(request.user, "values.reveal"),
        "stance": say(f"stance_{found.stance}"),
        "state": say(f"state_{found.state}"),
    }
    return render(request, "alerts/alert.html", told)


@needs("alerts.see")
def features(request: HttpRequest) -> HttpResponse:
    """How often each feature was right."""
    rows = [(one, _label(one), _named(one.guide)) for one in precisions()]
    return render(request, "alerts/features.html", {"rows": rows})


@needs("alerts.decide")
@require_POST
def decide_alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Decide an alert and go on to the next."""
    asked = _asked(request)
    found = get_object_or_404(Alert, pk=alert_id)
    after = selectors.following(asked, found)
    try:
        made = decide(
            alert_id=alert_id,
            after=request.POST.get("after", ""),
            reason=request.POST.get("reason", "").replace("\0", ""),
            user=cast("User", request.user),
            request=request,
        )
    except InputError:
        messages.error(request, say("reason_needed"))
        return redirect(_url(found, asked))
    told = say("decided", number=alert_id, state=say(f"state_{made.after}"))
    messages.success(request, told, extra_tags=f"undo-{made.pk}")
    return redirect(_url(after, asked) if after else reverse("alerts") + _query(asked))


@needs("alerts.decide")
@require_POST
def undo_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Take a decision back and show its alert."""
    done = get_object_or_404(Decision.objects.select_related("alert"), pk=decision_id)
    try:
        undo(decision_id=decision_id, user=cast("User", request.user), request=request)
        messages.success(request, say("undone", number=done.alert_id))
    except InputError:
        messages.error(request, say("not_last"))
    return redirect(_url(done.alert, _asked(request)))


def _asked(request: HttpRequest) -> Asked:
    given = {key: request.GET.get(key, "")[:60] for key in Asked._fields if key in request.GET}
    asked = Asked(**given)
    if asked.queue not in Queue.values or asked.state not in ("", *State.values):
        raise Http404
    if "\0" in asked.activity + asked.kind:
        raise Http404
    return asked


def _query(asked: Asked) -> str:
    return "?" + urlencode(asked._asdict())


def _url(alert: Alert, asked: Asked) -> str:
    return reverse("alert", args=[alert.pk]) + _query(asked)


def _row(alert: Alert, asked: Asked) -> dict[str, Any]:
    features = alert.item.verdict.get("features", [])
    return {
        "alert": alert,
        "url": _url(alert, asked),
        "activity": _named(alert.activity),
        "stance": say(f"stance_{alert.stance}"),
        "pieces": pieces(alert.item.text[:EXCERPT], _within(features)),
        "cut": len(alert.item.text) > EXCERPT,
        "kind": say(f"kind_{alert.item.source.kind}"),
        "state": say(f"state_{alert.state}"),
    }


def _within(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Features with their spans cut to the excerpt."""
    return [
        {
            **hit,
            "spans": [
                {"start": span["start"], "end": min(span["end"], EXCERPT)}
                for span in hit["spans"]
                if span["start"] < EXCERPT
            ],
        }
        for hit in features
    ]


def _reason(hit: dict[str, Any]) -> dict[str, Any]:
    said = _english().get(hit["id"]) if language() == "en" else None
    quotes = list(dict.fromkeys(readable(span["text"]) for span in hit["spans"]))[:5]
    return {
        "label": said.label if said else hit["label"],
        "why": said.why if said else hit["why"],
        "side": side_of(hit),
        "strength": say(hit["strength"]),
        "quotes": quotes,
        "stance": say(f"stance_{hit['stance']}") if hit["stance"] else "",
    }


def _other(item: Item) -> tuple[str, str, str]:
    return readable(item.text), readable(item.account), item.published


def _decision(one: Decision) -> dict[str, Any]:
    said = say(f"state_{one.after}") + (say("taken_back") if one.undoes_id else "")
    return {"at": one.at, "by": one.by, "said": said, "reason": one.reason}


def _label(one: Precision) -> str:
    said = _english().get(one.id) if language() == "en" else None
    return said.label if said else one.label


def _states(counts: dict[tuple[str, str], int], queue: str) -> list[tuple[str, str, int]]:
    return [
        (state, say(f"state_{state}"), counts.get((queue, state), 0))
        for state in State.values
        if state != State.OPEN
    ]


@cache
def _library() -> Library:
    return Library()


@cache
def _english() -> dict[str, Said]:
    return in_english(_library())


def _named(activity: str) -> str:
    if activity not in _library().guides:
        return say("shared") if activity == "shared" else activity
    return guide_name(_library().guides[activity], language())
