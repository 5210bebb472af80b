from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from lianfang.errors import InputError
from lianfang.web.core.words import say
from lianfang.web.dashboard import bundle, figures, selectors
from lianfang.web.dashboard.moments import BEIJING
from lianfang.web.dashboard.period import CHOICES, ages, asked, recent
from lianfang.web.institution.rights import needs
from lianfang.web.trials.precision import precisions

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from lianfang.web.dashboard.period import Period


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
    told |= {"version": bundle.VERSION, **_counted(period, today)}
    return render(request, "dashboard/dashboard.html", told)


@needs("dashboard.see")
def drawing(_: HttpRequest) -> HttpResponse:
    """The script that draws; its address tells its version, so that browsers keep it."""
    answer = HttpResponse(bundle.packed(settings.DEPLOYMENT.home), content_type="text/javascript")
    answer["Content-Encoding"] = "gzip"
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    return answer


def _counted(period: Period, today: date) -> dict[str, Any]:
    """Numbers of the whole period, and the charts."""
    days, since = period.days, ages(today)
    seen, decided = selectors.by_week(days), selectors.decided(days)
    waiting = selectors.waiting([one for _, one in since])
    numbers = {
        "new_alerts": sum(one.number for one in seen),
        "decided_of_these": sum(one.number for one in decided),
        "waiting_now": sum(map(sum, waiting.values())),
    }
    drawn = [
        figures.by_week(seen, period),
        figures.waiting(waiting, since),
        figures.by_activity(selectors.by_activity(days), days),
        figures.by_platform(selectors.by_platform(days), seen, days),
        figures.seen_after(seen, period),
        figures.decided_after(decided, period),
        figures.right([one for one in precisions() if one.decided]),
    ]
    return {"numbers": [(say(key), n) for key, n in numbers.items()], "figures": drawn}
