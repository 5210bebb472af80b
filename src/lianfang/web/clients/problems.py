"""Answers that tell what went wrong, and what to do."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import msgspec
from django.http import HttpResponse

from lianfang.client.model import Problem, Wrong
from lianfang.web.clients.errors import TooManyError

if TYPE_CHECKING:
    from lianfang.errors import LianfangError

PROBLEM = "application/problem+json"


def problem_of(error: LianfangError, wrong: tuple[Wrong, ...] = ()) -> HttpResponse:
    """The answer that tells an error; one of the house's own is told by its status alone."""
    status = error.http_status
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return problem_of_status(status)
    said = Problem(
        HTTPStatus(status).phrase,
        status,
        detail=error.what,
        where=error.where,
        do=error.do,
        errors=wrong,
    )
    response = _answer(said)
    if isinstance(error, TooManyError):
        response["Retry-After"] = str(error.wait)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def problem_of_status(status: int) -> HttpResponse:
    """The answer where nothing more is known."""
    return _answer(Problem(HTTPStatus(status).phrase, status))


def _answer(said: Problem) -> HttpResponse:
    content = msgspec.json.encode(said)
    return HttpResponse(content, status=said.status, content_type=PROBLEM)
