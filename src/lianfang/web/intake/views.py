from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lianfang.errors import LianfangError
from lianfang.files.rejects import FORMULA_STARTS
from lianfang.web.core.audit import record
from lianfang.web.core.words import say
from lianfang.web.institution.rights import needs
from lianfang.web.intake.forms import SourceForm
from lianfang.web.intake.models import Delivery, RefusedRow, Source, State
from lianfang.web.intake.services import add_source, deliver

if TYPE_CHECKING:
    from django.http import HttpRequest

    from lianfang.web.institution.models import User

PAGE = 50


@needs("intake.see")
def sources(request: HttpRequest, form: SourceForm | None = None) -> HttpResponse:
    """Sources to send files to, and what was sent."""
    deliveries = Delivery.objects.select_related("source", "original")
    told = {
        "sources": Source.objects.all(),
        "page": Paginator(deliveries, PAGE).get_page(request.GET.get("page")),
        "form": form or SourceForm(purposes=_user(request).purposes),
    }
    return render(request, "intake/sources.html", told)


@needs("intake.add")
@require_POST
def new_source(request: HttpRequest) -> HttpResponse:
    """Add a source."""
    user = _user(request)
    form = SourceForm(request.POST, purposes=user.purposes)
    if not form.is_valid():
        return sources(request, form)
    add_source(**form.cleaned_data, user=user)
    messages.success(request, say("source_added", name=form.cleaned_data["name"]))
    return redirect("intake")


@needs("intake.add")
@require_POST
def send(request: HttpRequest, source_id: int) -> HttpResponse:
    """Take a file."""
    source = get_object_or_404(Source, pk=source_id)
    file = request.FILES.get("file")
    if file is None or not file.name:
        messages.error(request, say("no_file"))
        return redirect("intake")
    try:
        made, new = deliver(
            source=source, stream=cast("Any", file), name=file.name, user=_user(request)
        )
    except LianfangError as error:
        messages.error(request, str(error))
        return redirect("intake")
    if not new:
        messages.info(request, say("sent_before"))
    return redirect("delivery", delivery_id=made.pk)


@needs("intake.see")
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """How far a file is, and which of its rows were refused."""
    found = get_object_or_404(Delivery.objects.select_related("source", "original"), pk=delivery_id)
    page = Paginator(found.refused_rows.all(), PAGE).get_page(request.GET.get("page"))
    return render(request, "intake/delivery.html", {"delivery": found, "page": page})


@needs("intake.see")
def progress(_: HttpRequest, delivery_id: int) -> HttpResponse:
    """The same in numbers, for the page that waits."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    counts = {key: getattr(found, key) for key in ("added", "repeated", "refused", "suspect")}
    ended = found.state in (State.DONE, State.FAILED)
    return JsonResponse({**counts, "share": found.share, "state": found.state, "ended": ended})


@needs("intake.see")
def refused(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """The refused rows as a file that Excel opens."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    record(who=_user(request).username, what="delivery.export", object_=str(found.pk))
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="refused-{found.pk}.csv"'
    rows = csv.writer(response)
    rows.writerow([say("row"), say("column"), say("reason"), say("what_to_do")])
    for one in RefusedRow.objects.filter(delivery=found).iterator():
        rows.writerow([one.row, *map(_harmless, (one.column, one.reason, one.what_to_do))])
    return response


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
