"""The page of the queue, and the filters that people keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lianfang.errors import InputError, NotFoundError
from lianfang.web.alerts import filters, saved, selectors
from lianfang.web.alerts.acting import tomorrow
from lianfang.web.alerts.addresses import asked_of, queue_url, user_of
from lianfang.web.alerts.counted import counted
from lianfang.web.alerts.filters import AGES, NOBODY, ORDERS, STATES
from lianfang.web.alerts.listed import row
from lianfang.web.alerts.models import Queue
from lianfang.web.core.words import say
from lianfang.web.institution.rights import may, needs
from lianfang.web.intake.models import Kind, Source
from lianfang.web.intake.naming import activities

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from lianfang.web.alerts.filters import Asked
    from lianfang.web.institution.models import User

PAGE = 30
MORE = ("kind", "source", "platform", "sure", "least", "age", "since", "until")
"""Filters that are folded away unless one of them is asked for."""

LONGEST_NUMBER = 18


@needs("alerts.see")
def queue(request: HttpRequest) -> HttpResponse:
    """The alerts of a filter."""
    asked, user = asked_of(request), user_of(request)
    page = selectors.page(
        asked, user, size=PAGE, after=_number(request, "after"), before=_number(request, "before")
    )
    decides = may(user, "alerts.decide")
    told = {
        "asked": asked,
        "filter": filters.query(asked),
        "here": request.GET.urlencode(),
        "page": page,
        "rows": [row(alert, asked, ticked=decides) for alert in page.alerts],
        "states": _states(asked),
        "saved": saved.saved_filters(user),
        "people": list(selectors.deciders(user.purposes)),
        "tomorrow": tomorrow(),
        "first": page.alerts[0].pk if page.alerts else 0,
        "last": page.alerts[-1].pk if page.alerts else 0,
        "more": any(getattr(asked, field) for field in MORE),
        **_choices(),
    }
    return render(request, "alerts/queue.html", told)


@needs("alerts.decide")
@require_POST
def change_filters(request: HttpRequest) -> HttpResponse:
    """Keep a filter, take one of one's own away, or bring it back."""
    told, user = request.POST, user_of(request)
    try:
        if "remove" in told:
            gone = saved.remove_filter(number=_chosen(told["remove"]), user=user, request=request)
            words = say("filter_removed", name=gone.name)
            messages.success(request, words, extra_tags=f"restore-{gone.pk}")
        elif "restore" in told:
            saved.restore_filter(number=_chosen(told["restore"]), user=user, request=request)
        else:
            _save(request, user)
    except NotFoundError as error:
        raise Http404 from error
    except InputError:
        messages.error(request, say("filter_refused"))
    return redirect(queue_url(asked_of(request)))


def _save(request: HttpRequest, user: User) -> None:
    made = saved.save_filter(
        name=request.POST.get("name", ""),
        asked=asked_of(request),
        shared="shared" in request.POST,
        user=user,
        request=request,
    )
    messages.success(request, say("filter_saved", name=made.name))


def _states(asked: Asked) -> list[tuple[str, str, str, str]]:
    """Each state, its name, how many alerts it has, and its address within the filter."""
    counts = selectors.counts([asked.queue])
    return [
        (one, say(f"state_{one}"), counted(counts[asked.queue, one]),
         queue_url(asked._replace(state=one)))
        for one in STATES
    ]  # fmt: skip


def _choices() -> dict[str, Any]:
    return {
        "queues": [(one, say(f"queue_{one}")) for one in Queue.values],
        "kinds": [(one, say(f"kind_{one}")) for one in Kind.values],
        "ages": [(one, say("within_days", n=one)) for one in AGES],
        "orders": [(one, say(f"order_{one}")) for one in ORDERS],
        "activities": activities(),
        "sources": [(str(pk), name) for pk, name in Source.objects.values_list("pk", "name")],
        "nobody": NOBODY,
    }


def _number(request: HttpRequest, name: str) -> int:
    """The number of an alert in the address; nothing where it isn't one."""
    told = request.GET.get(name, "")
    fits = told.isascii() and told.isdecimal() and len(told) <= LONGEST_NUMBER
    return int(told) if fits else 0


def _chosen(told: str) -> int:
    if not (told.isascii() and told.isdecimal() and len(told) <= LONGEST_NUMBER):
        raise NotFoundError("no such filter", where="number")
    return int(told)
