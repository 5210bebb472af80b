"""What every room's `api.py` is made of: who may ask, what is sent, what is answered.

Bodies and answers are the records of `lianfang.client.model`; the document of the API is made of
them, too.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from django.http import HttpResponse
from ninja.security.base import AuthBase

from lianfang.client.model import MOST_JSON, Problem
from lianfang.web.clients.errors import (
    BodyTooLargeError,
    NoScopeError,
    UnfitError,
    WrongFormError,
)
from lianfang.web.clients.middleware import CALLER
from lianfang.web.clients.problems import PROBLEM

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from lianfang.web.clients.entering import Caller

JSON = "application/json"
MULTIPART = "multipart/form-data"
ALWAYS = (400, 401, 403, 411, 413, 429, 500)
"""Statuses of problems that any operation may answer with."""
_REF = "#/components/schemas/{name}"
_Record = TypeVar("_Record", bound=msgspec.Struct)
_View = TypeVar("_View", bound="Callable[..., HttpResponse]")


class Scope(AuthBase):
    """Asks a request for a scope of its token; `clients.middleware` has let it in."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__()

    def __call__(self, request: HttpRequest) -> Caller:
        caller = caller_of(request)
        if self.name not in caller.scopes:
            do = "use a token with this scope, whose maker has its right"
            raise NoScopeError("not allowed to this token", where=self.name, do=do)
        return caller


def caller_of(request: HttpRequest) -> Caller:
    """The program that asks."""
    caller: Caller = getattr(request, CALLER)
    return caller


def sent(request: HttpRequest, kind: type[_Record]) -> _Record:
    """The body of a request, as a record.

    Raises:
        WrongFormError: it isn't said to be JSON.
        BodyTooLargeError: it is larger than JSON may be.
        UnfitError: it is no JSON, or not what is asked for.
    """
    if request.content_type != JSON:
        raise WrongFormError("not JSON", where="Content-Type", do=f"send {JSON}")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_JSON:
        raise BodyTooLargeError("too much JSON", where="body", do=f"send {MOST_JSON} bytes at most")
    try:
        return msgspec.json.decode(request.body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UnfitError("not what is asked for", where="body", do=str(error)) from error
    except RecursionError as error:
        raise UnfitError("nested too deeply", where="body", do="send less deep JSON") from error


def answer(record: msgspec.Struct, status: int = 200) -> HttpResponse:
    """A record as the answer."""
    return HttpResponse(msgspec.json.encode(record), status=status, content_type=JSON)


def operation(
    method: Callable[..., Callable[[_View], _View]],
    path: str,
    *,
    scope: str,
    gives: dict[int, type[msgspec.Struct]],
    takes: dict[str, Any] | None = None,
    refuses: tuple[int, ...] = (),
) -> Callable[[_View], _View]:
    """Make a view an operation of a router: `@operation(router.post, "/screen", …)`.

    Args:
        method: of the router.
        path: below the API's.
        scope: of the token that may use it.
        gives: records that it answers with, by status.
        takes: schemas of the body, by the form that it is sent in.
        refuses: statuses of problems, beside those of every operation.
    """

    def made(view: _View) -> _View:
        return method(
            path,
            auth=Scope(scope),
            response=dict.fromkeys(gives),
            operation_id=view.__name__,
            url_name=f"api_{view.__name__}",
            openapi_extra=_documented(takes, gives, refuses, scope),
        )(view)

    return made


def schema_of(kind: type[msgspec.Struct]) -> dict[str, str]:
    """Where the document tells of a record."""
    return {"$ref": _REF.format(name=kind.__name__)}


def schemas(kinds: tuple[type[msgspec.Struct], ...]) -> dict[str, Any]:
    """What the document tells of records, and those within them."""
    return msgspec.json.schema_components(kinds, ref_template=_REF)[1]


def _documented(
    takes: dict[str, Any] | None,
    gives: dict[int, type[msgspec.Struct]],
    refuses: tuple[int, ...],
    scope: str,
) -> dict[str, Any]:
    """What the document says of an operation beside its name."""
    said: dict[str, Any] = {
        "x-scope": scope,
        "responses": {status: _told(status, kind, JSON) for status, kind in gives.items()}
        | {status: _told(status, Problem, PROBLEM) for status in (*ALWAYS, *refuses)},
    }
    if takes:
        content = {form: {"schema": schema} for form, schema in takes.items()}
        said["requestBody"] = {"required": True, "content": content}
    return said


def _told(status: int, kind: type[msgspec.Struct], form: str) -> dict[str, Any]:
    content = {form: {"schema": schema_of(kind)}}
    return {"description": HTTPStatus(status).phrase, "content": content}
