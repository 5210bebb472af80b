"""At `/api/`: a token lets a program in, and whatever goes wrong is told as a problem."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from lianfang.errors import LianfangError
from lianfang.web.clients.entering import enter
from lianfang.web.clients.pace import WINDOW
from lianfang.web.clients.problems import PROBLEM, problem_of, problem_of_status
from lianfang.web.database.seeing import seeing
from lianfang.web.institution.middleware import API

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from lianfang.web.clients.pace import Left

    View = Callable[[HttpRequest], HttpResponse]

OPEN = "/api/v1/openapi.json"
"""What the API is like, which is no secret."""
CALLER = "lianfang_caller"


def problems(get_response: View) -> View:
    """Whoever refuses an API's request, the answer is a problem (RFC 9457)."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_told = response.status_code < 400 or response["Content-Type"] == PROBLEM  # noqa: PLR2004
        if is_told or not request.path.startswith(API):
            return response
        told = problem_of_status(response.status_code)
        if "Allow" in response:
            told["Allow"] = response["Allow"]
        return told

    return answered


def entered(get_response: View) -> View:
    """Let a program in by its token; let the database session see the token's purposes."""

    def answered(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API) or request.path == OPEN:
            return get_response(request)
        try:
            caller = enter(request)
        except LianfangError as error:
            return problem_of(error)
        setattr(request, CALLER, caller)
        # Without a purpose the session sees nothing anyway, and two statements fewer are sent.
        with seeing(caller.purposes) if caller.purposes else nullcontext():
            response = get_response(request)
        _tell(response, caller.left)
        return response

    return answered


def _tell(response: HttpResponse, left: Left) -> None:
    """As draft-ietf-httpapi-ratelimit-headers has it."""
    response["RateLimit-Policy"] = f'"minute";q={left.most};w={WINDOW}'
    response["RateLimit"] = f'"minute";r={max(left.number, 0)};t={left.wait}'
