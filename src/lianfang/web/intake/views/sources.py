"""Sources, and files sent to them."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lianfang.errors import LianfangError
from lianfang.web.core.words import say
from lianfang.web.institution.rights import needs
from lianfang.web.intake.forms import SourceForm
from lianfang.web.intake.models import Delivery, Source, State
from lianfang.web.intake.services import add_source, deliver
from lianfang.web.intake.sources import close, rename
from lianfang.web.intake.telling import in_words

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from lianfang.web.institution.models import User

PAGE = 50


class Sent(NamedTuple):
    """What became of a file: its page, or what is wrong with it; what to say of it."""

    address: str
    level: int
    said: str


@needs("intake.see")
def sources(request: HttpRequest, form: SourceForm | None = None) -> HttpResponse:
    """Sources to send files to, and what was sent."""
    deliveries = Delivery.objects.select_related("source", "original")
    known = list(Source.objects.all())
    told = {
        "sources": [one for one in known if not one.closed_at],
        "closed": [one for one in known if one.closed_at],
        "waiting": Delivery.objects.filter(state=State.MAPPING).count(),
        "page": Paginator(deliveries, PAGE).get_page(request.GET.get("page")),
        "form": form or SourceForm(purposes=user_of(request).purposes),
    }
    return render(request, "intake/sources.html", told)


@needs("intake.add")
@require_POST
def new_source(request: HttpRequest) -> HttpResponse:
    """Add a source."""
    user = user_of(request)
    form = SourceForm(request.POST, purposes=user.purposes)
    if not form.is_valid():
        return sources(request, form)
    add_source(**form.cleaned_data, user=user)
    messages.success(request, say("source_added", name=form.cleaned_data["name"]))
    return redirect("intake")


@needs("intake.add")
@require_POST
def change_source(request: HttpRequest, source_id: int) -> HttpResponse:
    """Rename a source, close it, or open it again."""
    source = get_object_or_404(Source, pk=source_id)
    user = user_of(request)
    if "closed" in request.POST:
        close(source=source, closed=request.POST["closed"] == "1", user=user)
        return redirect("intake")
    try:
        rename(source=source, name=request.POST.get("name", "").replace("\0", ""), user=user)
    except LianfangError:
        messages.error(request, say("not_renamed"))
    return redirect("intake")


@needs("intake.add")
@require_POST
def send(request: HttpRequest, source_id: int) -> HttpResponse:
    """Take files; a script that sends them one by one is told the page of each."""
    source = get_object_or_404(Source, pk=source_id)
    return taken(request, source, reverse("intake"))


def taken(
    request: HttpRequest, source: Source, back: str, repairs: Delivery | None = None
) -> HttpResponse:
    """Take the files of a form and go to the page of the one, or `back`."""
    files = [file for file in request.FILES.getlist("file") if file.name]
    made = [_take(request, source, file, repairs) for file in files]
    if not made:
        made = [Sent("", messages.ERROR, say("no_file"))]
    if request.headers.get("Accept") == "application/json":
        status = HTTPStatus.OK if made[0].address else HTTPStatus.BAD_REQUEST
        return JsonResponse(made[0]._asdict(), status=status)
    for one in made:
        if one.said:
            messages.add_message(request, one.level, one.said)
    return redirect(made[0].address or back if len(made) == 1 else back)


def _take(
    request: HttpRequest, source: Source, file: UploadedFile[Any], repairs: Delivery | None
) -> Sent:
    try:
        made, new = deliver(
            source=source,
            stream=cast("Any", file),
            name=file.name or "",
            user=user_of(request),
            repairs=repairs,
        )
    except LianfangError as error:
        return Sent("", messages.ERROR, f"{file.name}: {in_words(error.what)}")
    said = "" if new else say("sent_before" if made.ended_at else "sent_again")
    return Sent(reverse("delivery", args=[made.pk]), messages.INFO, said)


def user_of(request: HttpRequest) -> User:
    """Who asks."""
    return cast("User", request.user)
