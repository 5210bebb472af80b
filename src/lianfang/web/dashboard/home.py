from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.shortcuts import render

from lianfang.web.alerts.counted import counted
from lianfang.web.alerts.models import Queue, State
from lianfang.web.alerts.selectors import counts
from lianfang.web.core.menu import MENU
from lianfang.web.core.words import say
from lianfang.web.dashboard import desk
from lianfang.web.dashboard.naming import activity_name
from lianfang.web.institution.rights import may, needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from lianfang.web.institution.models import User

ALONGSIDE = ("snoozed", State.UNSURE)
"""States whose numbers stand beside those that wait."""


class Board(NamedTuple):
    """What waits in a queue: of all, of one's own, and how many are in other states.

    Attributes:
        name, hint: what it is called, and whose texts are there.
        others: a state, what it is called, and how many are in it.
    """

    queue: str
    name: str
    hint: str
    waiting: str
    mine: int
    others: list[tuple[str, str, str]]


@needs("home")
def home(request: HttpRequest) -> HttpResponse:
    """Where everybody begins: what waits."""
    user = cast("User", request.user)
    told: dict[str, Any] = {"hello": say("welcome", name=user)}
    told["pages"] = [(one.page, say(one.word)) for one in MENU if may(user, one.right)]
    if may(user, "alerts.see"):
        numbers, mine = counts(), desk.assigned(user)
        told["boards"] = [_board(queue, numbers, mine) for queue in Queue.values]
        told["put_off"] = [(one, activity_name(one.activity)) for one in desk.put_off()]
    if may(user, "intake.see"):
        told["stuck"] = desk.stuck()
    return render(request, "dashboard/home.html", told)


def _board(queue: str, numbers: Mapping[tuple[str, str], int], mine: Mapping[str, int]) -> Board:
    others = [
        (state, say(f"state_{state}"), counted(numbers[queue, state]))
        for state in ALONGSIDE
        if numbers[queue, state]
    ]
    name, hint = say(f"queue_{queue}"), say(f"queue_{queue}_help")
    return Board(queue, name, hint, counted(numbers[queue, State.OPEN]), mine.get(queue, 0), others)
