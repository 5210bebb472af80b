"""A delivery: how far it is, what came of it, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lianfang.errors import InputError
from lianfang.web.core.words import say
from lianfang.web.institution.rights import needs
from lianfang.web.intake.models import UNENDED, Delivery, State
from lianfang.web.intake.selectors import after, chain
from lianfang.web.intake.taking import retry, withdraw
from lianfang.web.intake.telling import in_words
from lianfang.web.intake.views.sources import user_of

if TYPE_CHECKING:
    from django.http import HttpRequest

MEMBERS = 1000  # as many as an archive may have


@needs("intake.see")
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """How far a file is, and which of its rows were refused."""
    parts = ("source", "original", "archive__original", "repairs__original")
    found = get_object_or_404(Delivery.objects.select_related(*parts), pk=delivery_id)
    mapping = found.mappings.select_related("profile__made_by").last()
    untouched = found.done_row == 0 and found.state in (State.WAITING, State.MAPPING)
    refused = after(found.refused_rows.all(), "row", request.GET.get("after", ""))
    told = {
        "delivery": found,
        "problem": in_words(found.problem),
        "unended": found.state in UNENDED,
        "refused": refused,
        "told": [(one, in_words(one.reason), in_words(one.what_to_do)) for one in refused.rows],
        "profile": mapping.profile if mapping else None,
        "members": found.members.select_related("original").order_by("id")[:MEMBERS],
        "chain": chain(found),
        "can_withdraw": untouched,
        "can_retry": found.state in (State.FAILED, State.WITHDRAWN),
    }
    return render(request, "intake/delivery.html", told)


@needs("intake.see")
def progress(_: HttpRequest, delivery_id: int) -> HttpResponse:
    """The same in numbers, for the page that waits."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    counts = {key: getattr(found, key) for key in ("added", "repeated", "refused", "suspect")}
    ended = found.state not in UNENDED
    return JsonResponse({**counts, "share": found.share, "state": found.state, "ended": ended})


@needs("intake.add")
@require_POST
def try_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Go on with a file that failed or was withdrawn."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    try:
        retry(delivery=found, user=user_of(request))
    except InputError:
        messages.error(request, say("not_retried"))
    return redirect("delivery", delivery_id=found.pk)


@needs("intake.add")
@require_POST
def take_back(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Withdraw a file that was sent by mistake."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    try:
        withdraw(delivery=found, user=user_of(request))
    except InputError:
        messages.error(request, say("not_withdrawn"))
    return redirect("delivery", delivery_id=found.pk)
