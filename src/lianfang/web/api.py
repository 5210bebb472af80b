"""The API of programs, `/api/v1`: what the rooms' `api.py` files offer, under one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from lianfang.client import model
from lianfang.errors import LianfangError
from lianfang.web.alerts.api import router as alerts
from lianfang.web.clients.api import schemas
from lianfang.web.clients.errors import UnfitError
from lianfang.web.clients.problems import problem_of, problem_of_status
from lianfang.web.intake.api import router as intake

if TYPE_CHECKING:
    from ninja.openapi.schema import OpenAPISchema

RECORDS = (
    model.Texts,
    model.Screened,
    model.Rows,
    model.Accepted,
    model.Delivery,
    model.AlertPage,
    model.Alert,
    model.Deciding,
    model.Decision,
    model.Problem,
    model.Event,
)


class Api(NinjaAPI):
    """The document names the records that go over the wire."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:  # noqa: ANN401
        made = super().get_openapi_schema(**options)
        made["components"]["schemas"] |= schemas(RECORDS)
        return made


api = Api(
    title="Lianfang 联防",
    version="1",
    description="Texts screened and sent, alerts read and decided, by programs with a token.",
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", intake)
api.add_router("", alerts)


@api.exception_handler(LianfangError)
def refused(_: HttpRequest, error: LianfangError) -> HttpResponse:
    return problem_of(error)


@api.exception_handler(Http404)
def missing(_: HttpRequest, __: Http404) -> HttpResponse:
    return problem_of_status(404)


@api.exception_handler(HttpError)
def failed(_: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_of_status(error.status_code)


@api.exception_handler(ValidationError)
def unfit(_: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = tuple(model.Wrong(".".join(map(str, one["loc"])), one["msg"]) for one in error.errors)
    do = "see errors"
    return problem_of(UnfitError("not what is asked for", where=wrong[0].where, do=do), wrong)
