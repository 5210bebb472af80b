from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from lianfang.web.alerts import selectors
from lianfang.web.alerts.filters import STATES
from lianfang.web.alerts.models import Queue, State
from lianfang.web.core.words import say
from lianfang.web.institution.rights import needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs("home")
def home(request: HttpRequest) -> HttpResponse:
    """Where everybody begins: what waits."""
    counts = selectors.counts()
    boards = [
        (queue, say(f"queue_{queue}"), counted(counts[queue, State.OPEN]), _states(counts, queue))
        for queue in Queue.values
    ]
    return render(request, "alerts/home.html", {"boards": boards})


def counted(number: int) -> str:
    """A count as it is shown; beyond `MOST_COUNTED` nobody counts."""
    most = selectors.MOST_COUNTED
    return f"{most}+" if number > most else str(number)


def _states(counts: dict[tuple[str, str], int], queue: str) -> list[tuple[str, str, str]]:
    return [
        (state, say(f"state_{state}"), counted(counts[queue, state]))
        for state in STATES
        if state != State.OPEN
    ]
