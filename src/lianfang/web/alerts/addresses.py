"""Addresses of the queue and its alerts, with the filter that somebody works through."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404
from django.urls import reverse

from lianfang.errors import InputError
from lianfang.web.alerts import filters

if TYPE_CHECKING:
    from django.http import HttpRequest

    from lianfang.web.alerts.filters import Asked
    from lianfang.web.institution.models import User


def asked_of(request: HttpRequest) -> Asked:
    """The filter of an address; one that isn't answers 404."""
    try:
        return filters.read(request.GET.dict())
    except InputError as error:
        raise Http404 from error


def queue_url(asked: Asked) -> str:
    return f"{reverse('alerts')}?{filters.query(asked)}"


def alert_url(alert_id: int, asked: Asked) -> str:
    return f"{reverse('alert', args=[alert_id])}?{filters.query(asked)}"


def user_of(request: HttpRequest) -> User:
    """Who asks; views that need a right have one."""
    return cast("User", request.user)
