"""Headers that let a browser load nothing but our own files, and bodies of a bounded size."""

from __future__ import annotations

from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

FORM_BYTES = 1 << 20
"""Of a form around a file."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def behind_proxies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take the client's address from the proxies that one trusts, for record and limits alike.

    Each proxy adds whom it heard from to `X-Forwarded-For`; what stands before the addresses that
    our own added was told by the client, who may tell anything. Without proxies, and where the
    header tells fewer than ours would have added, the connection's own address counts.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if 0 < settings.PROXIES <= len(told):
            address = told[-settings.PROXIES].strip()
            if _is_address(address):
                request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return answered


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def bounded(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a body before it is read that is too large, or doesn't say how large it is."""

    def answered(request: HttpRequest) -> HttpResponse:
        told = request.META.get("CONTENT_LENGTH") or "0"
        if request.META.get("HTTP_TRANSFER_ENCODING") or not told.isdecimal():
            return HttpResponse(status=HTTPStatus.LENGTH_REQUIRED)
        if int(told) > settings.MOST_UPLOAD_BYTES + FORM_BYTES:
            return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return get_response(request)

    return answered


def strict_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answers carry a strict policy, and pages stay out of caches."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if not request.path.startswith("/static/"):
            response.setdefault("Cache-Control", "no-store")
        return response

    return answered
