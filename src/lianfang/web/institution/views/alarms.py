"""What the compliance officer is warned of."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lianfang.errors import NotFoundError
from lianfang.web.core.words import say
from lianfang.web.institution.alarms import answer_alarm
from lianfang.web.institution.models import Alarm
from lianfang.web.institution.refusals import RefusedError
from lianfang.web.institution.rights import may, needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from lianfang.web.institution.models import User

PAGE = 50


@needs("alarms.see")
def alarms(request: HttpRequest) -> HttpResponse:
    """All alarms, those without an answer first."""
    found = Alarm.objects.select_related("answer__by").order_by(
        F("answer__pk").desc(nulls_first=True), "-id"
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    answers = may(request.user, "alarms.answer")
    who = cast("User", request.user).username
    told = {
        "page": page,
        "rows": [(one, _said(one), answers and one.who != who) for one in page],
    }
    return render(request, "institution/alarms.html", told)


@needs("alarms.answer")
@require_POST
def answer(request: HttpRequest, alarm_id: int) -> HttpResponse:
    """Settle an alarm with a note."""
    note = request.POST.get("note", "").replace("\0", "")
    try:
        answer_alarm(number=alarm_id, user=cast("User", request.user), note=note)
        messages.success(request, say("alarm_answered", number=alarm_id))
    except NotFoundError as error:
        raise Http404 from error
    except RefusedError as error:
        messages.error(request, say(error.key))
    return redirect("alarms")


def _said(alarm: Alarm) -> str:
    key = "_".join(filter(None, ("alarm", alarm.kind, alarm.ground)))
    return say(key, n=alarm.count, limit=alarm.limit)
