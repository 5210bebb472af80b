from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from lianfang.errors import InputError, NotFoundError
from lianfang.web.core.words import say, value_name
from lianfang.web.institution.models import User
from lianfang.web.institution.rights import needs
from lianfang.web.vault.models import PersonalValue
from lianfang.web.vault.services import reveal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs("values.reveal")
def reveal_value(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for a reason, then show a personal value once."""
    value = PersonalValue.objects.filter(pk=number).only("kind").first()
    if value is None:
        raise Http404
    told = {"number": number, "kind": value_name(value.kind)}
    if request.method == "POST" and isinstance(request.user, User):
        try:
            told["value"] = reveal(
                number=number,
                user=request.user,
                why=request.POST.get("why", "").replace("\0", ""),
                request=request,
            )
        except InputError:
            told["problem"] = say("reason_needed")
        except NotFoundError as error:
            raise Http404 from error
    return render(request, "vault/reveal.html", told)
