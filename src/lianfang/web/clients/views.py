from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lianfang.errors import LianfangError
from lianfang.web.clients import selectors, services
from lianfang.web.clients.forms import EndpointForm, TokenForm
from lianfang.web.clients.models import Endpoint, Token
from lianfang.web.core.words import say
from lianfang.web.institution.rights import needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from lianfang.web.institution.models import User

PAGE = 50


@needs("clients.manage")
def clients(
    request: HttpRequest, token: TokenForm | None = None, hook: EndpointForm | None = None
) -> HttpResponse:
    """Tokens and endpoints, and forms to add some."""
    user = _user(request)
    page = Paginator(selectors.tokens(), PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "tokens": [(one, selectors.state_of(one), *_token_words(one)) for one in page],
        "endpoints": [(one, _events(one), _purposes(one)) for one in selectors.endpoints()[:PAGE]],
        "token_form": token or TokenForm(user=user),
        "hook_form": hook or EndpointForm(user=user),
    }
    return render(request, "clients/clients.html", told)


@needs("clients.manage")
@require_POST
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show its secret, once."""
    form = TokenForm(request.POST, user=_user(request))
    if not form.is_valid():
        return clients(request, token=form)
    made, secret = services.add_token(**form.cleaned_data, user=_user(request), request=request)
    return _secret(request, made.name, secret)


@needs("clients.manage")
@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Let nobody in with a token any more."""
    try:
        services.revoke_token(token_id=token_id, user=_user(request), request=request)
    except Token.DoesNotExist as error:
        raise Http404 from error
    return redirect("clients")


@needs("clients.manage")
@require_POST
def new_endpoint(request: HttpRequest) -> HttpResponse:
    """Add an endpoint and show its secret, once."""
    form = EndpointForm(request.POST, user=_user(request))
    if not form.is_valid():
        return clients(request, hook=form)
    try:
        made, secret = services.add_endpoint(
            **form.cleaned_data, user=_user(request), request=request
        )
    except LianfangError:
        form.add_error("url", say("clients_url_refused"))
        return clients(request, hook=form)
    return _secret(request, made.url, secret)


@needs("clients.manage")
def endpoint(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """What an endpoint was told, and whether it heard."""
    found = get_object_or_404(Endpoint, pk=endpoint_id)
    page = Paginator(found.notices.all(), PAGE).get_page(request.GET.get("page"))
    tries = selectors.tries(page)
    told = {
        "endpoint": found,
        "events": _events(found),
        "page": page,
        "notices": [
            (
                one,
                say(f"clients_event_{one.event}"),
                say(f"clients_notice_{one.state}"),
                tries[one.pk],
            )
            for one in page
        ],
    }
    return render(request, "clients/endpoint.html", told)


@needs("clients.manage")
@require_POST
def test_endpoint(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Send a test."""
    services.try_endpoint(endpoint=get_object_or_404(Endpoint, pk=endpoint_id, closed_at=None))
    messages.success(request, say("clients_tested"))
    return redirect("endpoint", endpoint_id=endpoint_id)


@needs("clients.manage")
@require_POST
def close_endpoint(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Tell an endpoint nothing more."""
    found = get_object_or_404(Endpoint, pk=endpoint_id)
    services.close_endpoint(endpoint_id=found.pk, user=_user(request), request=request)
    return redirect("endpoint", endpoint_id=endpoint_id)


def _secret(request: HttpRequest, name: str, secret: str) -> HttpResponse:
    return render(request, "clients/secret.html", {"name": name, "secret": secret})


def _token_words(token: Token) -> tuple[list[str], str]:
    scopes = [say(f"clients_scope_{one}") for one in token.scopes]
    return scopes, _purposes(token)


def _events(endpoint: Endpoint) -> str:
    return "、".join(say(f"clients_event_{one}") for one in endpoint.events)


def _purposes(of: Any) -> str:  # noqa: ANN401  a token or an endpoint
    return "、".join(say(f"purpose_{one}") for one in of.purposes) or "–"


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
