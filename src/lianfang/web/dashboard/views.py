from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from lianfang.errors import InputError
from lianfang.web.core.words import say
from lianfang.web.dashboard import bundle, figures
from lianfang.web.dashboard.moments import BEIJING
from lianfang.web.dashboard.numbers import numbers
from lianfang.web.dashboard.period import CHOICES, ages, asked, recent
from lianfang.web.institution.rights import may, needs

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from lianfang.web.dashboard.figure import Figure
    from lianfang.web.dashboard.numbers import Numbers
    from lianfang.web.dashboard.period import Period
    from lianfang.web.institution.models import User


@needs("dashboard.see")
def dashboard(request: HttpRequest) -> HttpResponse:
    """What came up in a period, how fast it was seen and decided, and what waits."""
    today, problem = localdate(timezone=BEIJING), ""
    try:
        period = asked(request.GET, today)
    except InputError:
        period, problem = recent(CHOICES[0], today), say("no_such_period")
    chosen = [(weeks, say("last_weeks", n=weeks), weeks == period.chosen) for weeks in CHOICES]
    told = {"days": period.days, "today": today, "choices": chosen, "problem": problem}
    user = cast("User", request.user)
    found = numbers(purposes=user.purposes, days=period.days, today=today)
    drawn = _drawn(found, period, today)
    if may(user, "guides.see"):
        drawn.append(figures.right(found.features))
    told |= {"at": found.at, "sums": _sums(found), "figures": drawn, "version": bundle.VERSION}
    return render(request, "dashboard/dashboard.html", told)


@needs("dashboard.see")
def drawing(_: HttpRequest) -> HttpResponse:
    """The script that draws; its address tells its version, so that browsers keep it."""
    answer = HttpResponse(bundle.packed(settings.DEPLOYMENT.home), content_type="text/javascript")
    answer["Content-Encoding"] = "gzip"
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _drawn(found: Numbers, period: Period, today: date) -> list[Figure]:
    return [
        figures.by_week(found.seen, period),
        figures.waiting(found.waiting, ages(today)),
        figures.by_activity(found.activities, period.days),
        figures.by_platform(found.platforms, found.seen, period.days),
        figures.seen_after(found.seen, period),
        figures.decided_after(found.decided, period),
    ]


def _sums(found: Numbers) -> list[tuple[str, int]]:
    return [
        (say("new_alerts"), sum(one.number for one in found.seen)),
        (say("decided_of_these"), sum(one.number for one in found.decided)),
        (say("waiting_now"), sum(map(sum, found.waiting.values()))),
    ]
